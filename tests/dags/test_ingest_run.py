"""One ingest DAG, run whole in a process of its own: due, land, read, check."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from footing.paths import ROOT

RUN = """
import json, sys
from airflow.utils.db import initdb
initdb()
from dags.ingest import ingest_electricity as dag
for task in dag.tasks:
    task.retries = 0
done = dag.test(run_conf=json.loads(sys.argv[1]))
states = [(task.task_id, task.map_index, str(task.state)) for task in done.get_task_instances()]
print("\\n" + json.dumps([str(done.state), sorted(states)]))
"""
MONTHS = ["2026-08", "2026-09", "2026-10"]


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two months of the bundled bills dropped; the third is not there."""
    root = tmp_path_factory.mktemp("ingest")
    history = ROOT / "examples" / "orselia" / "drops" / "1-history" / "electricity"
    for request in ("par1", "lon1"):
        for month in MONTHS[:2]:
            folder = root / "data" / "inbox" / "electricity" / request / month
            shutil.copytree(history / request / month, folder)
            (folder / "_SUCCESS").touch()
    return root


def ingest(root: Path) -> tuple[str, list[tuple[str, int, str]]]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FOOTING_")} | {
        "PYTHONPATH": str(ROOT),
        "FOOTING_DATA": str(root / "data"),
        "AIRFLOW_HOME": str(root / "airflow"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
    }
    conf = json.dumps({"period": MONTHS[-1], "since": MONTHS[0]})
    done = subprocess.run(
        [sys.executable, "-c", RUN, conf],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    state, states = json.loads(done.stdout.strip().splitlines()[-1])
    return state, [tuple(row) for row in states]


def test_months_land_once_what_is_not_there_is_left_out_and_all_is_read(installation: Path) -> None:
    state, states = ingest(installation)
    assert states == [
        ("check", -1, "success"), ("due", -1, "success"),
        ("land", 0, "success"), ("land", 1, "success"), ("land", 2, "skipped"),
        ("read", -1, "success"),
    ]  # fmt: skip
    assert state == "success"
    manifests = installation / "data" / "landing" / "electricity" / "_deliveries"
    first = sorted(path.name for path in manifests.iterdir())
    assert len(first) == 4
    typed = installation / "data" / "typed"
    assert len(list((typed / "electricity_bill").glob("*.parquet"))) == 5
    assert (typed / "_documents.parquet").exists()
    assert json.loads((typed / "_checks" / "electricity.json").read_text())["results"]

    ingest(installation)
    assert sorted(path.name for path in manifests.iterdir()) == first
