"""Write the bundled organization's documents: ``python -m examples.orselia.generate [folder]``.

The same seed gives the same bytes. The Boavizta file is real, kept beside them and not written here.
"""

from __future__ import annotations

import sys
from pathlib import Path

from examples.orselia import (
    assets,
    aws,
    azure,
    bills_aws,
    bills_azure,
    bills_google,
    bills_ovhcloud,
    bills_scaleway,
    electricity,
    google,
    ovhcloud,
    scaleway,
)
from examples.orselia.jobs import schedule
from examples.orselia.machines import boards
from examples.orselia.pods import run_pods
from examples.orselia.sacct import write_sacct
from examples.orselia.telemetry import write_telemetry

CLOUDS = (aws, azure, google, ovhcloud, scaleway)
BILLS = (bills_aws, bills_azure, bills_google, bills_ovhcloud, bills_scaleway)


def generate(root: Path) -> None:
    """Write all drops below ``root``."""
    history, restatement = root / "1-history", root / "2-restatement"
    all_boards = boards()
    pods = run_pods(all_boards)
    jobs = schedule(all_boards)
    write_telemetry(history, all_boards, pods)
    write_sacct(history, jobs, all_boards)
    electricity.write_bills(history, all_boards)
    assets.write_register(history)
    for module in (*CLOUDS, *BILLS):
        module.write_history(history)
    google.write_restatement(restatement)
    aws.write_restatement(restatement)


if __name__ == "__main__":
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "drops")
