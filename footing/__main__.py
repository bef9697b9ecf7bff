"""``python -m footing``."""

import sys

from footing.cli import main

sys.exit(main())
