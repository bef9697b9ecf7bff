"""DAG files: they load, say when they run, and stay light."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROBE = """
import os, sys, time
sys.path.insert(0, {root!r})
import airflow.sdk
for name in ("pandas", "pyarrow", "duckdb", "dbt", "great_expectations"):
    sys.modules.pop(name, None)
before = set(sys.modules)
started = time.process_time()
import dags.{module} as module
spent = time.process_time() - started
heavy = sorted({{name.split(".")[0] for name in set(sys.modules) - before}} & {{"pandas", "pyarrow", "duckdb", "dbt", "great_expectations"}})
dags = [v for v in vars(module).values() if type(v).__name__ == "DAG"]
import json
print("PROBE" + json.dumps({{"spent": spent, "heavy": heavy, "dags": [
    {{"id": d.dag_id, "schedule": type(d.timetable).__name__ if hasattr(d, "timetable") else type(d.schedule).__name__, "catchup": d.catchup,
      "runs": d.max_active_runs, "doc": bool(d.doc_md), "tags": sorted(d.tags),
      "tasks": [[t.task_id, t.owner, t.retries, bool(t.retry_exponential_backoff), type(t).__name__ == 'DecoratedMappedOperator' or bool(t.doc or t.doc_md)] for t in d.tasks]}} for d in dags]}}))
"""


@pytest.fixture(scope="module", params=["ingest", "close"])
def probed(request, tmp_path_factory):
    import json
    import os

    env = os.environ | {
        "AIRFLOW_HOME": str(tmp_path_factory.mktemp("airflow")),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    }
    code = PROBE.format(root=str(ROOT), module=request.param)
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr[-2000:]
    line = next(line for line in done.stdout.splitlines() if line.startswith("PROBE"))
    return request.param, json.loads(line.removeprefix("PROBE"))


def test_a_dag_file_loads_nothing_heavy_and_quickly(probed):
    _, found = probed
    assert found["heavy"] == []
    assert found["spent"] < 1.0, "seconds of processor time beyond importing airflow.sdk"


def test_dags_say_when_they_run_and_who_owns_them(probed):
    module, found = probed
    ids = {dag["id"] for dag in found["dags"]}
    if module == "ingest":
        assert ids == {
            f"ingest_{name}" for name in ("gcp_carbon", "dcgm", "slurm", "electricity", "assets", "boavizta")
        }
    else:
        assert ids == {"close"}
    for dag in found["dags"]:
        assert "CronDataInterval" in dag["schedule"] and dag["catchup"] is False and dag["runs"] == 1
        assert dag["doc"] and dag["tags"]
        for task_id, owner, retries, backoff, documented in dag["tasks"]:
            assert (owner, backoff, documented) == ("footing", True, True) and retries >= 2, task_id


def test_the_close_goes_build_audit_publish_report_summary(probed):
    module, found = probed
    tasks = [task[0] for dag in found["dags"] for task in dag["tasks"]]
    wanted = (
        ["build", "audit", "publish", "report", "summary"]
        if module == "close"
        else ["due", "land", "read", "check"]
    )
    assert [task for task in tasks if task in wanted][: len(wanted)] == wanted
