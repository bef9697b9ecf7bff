"""Airflow with a home of its own, before anything imports it."""

from __future__ import annotations

import os
import tempfile

HOME = tempfile.mkdtemp(prefix="footing-airflow-")
os.environ["AIRFLOW_HOME"] = HOME
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"
