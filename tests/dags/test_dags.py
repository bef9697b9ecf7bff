"""The DAG files: complete, light, and explicit about when they run."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pendulum
import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.timetables.interval import CronDataIntervalTimetable

from footing.config import load_sources
from footing.config_models import SourceEntry
from footing.paths import ROOT
from footing.periods import period_of

DAGS = ROOT / "dags"
HEAVY = ("pandas", "pyarrow", "duckdb", "dbt", "great_expectations", "connectors", "expectations", "reports")
SECONDS_TO_PARSE = 1.0

MEASURE = f"""
import importlib, json, sys, time
import airflow.sdk
before = set(sys.modules)
seconds = {{}}
for name in ("ingest", "close"):
    started = time.perf_counter()
    importlib.import_module(f"dags.{{name}}")
    seconds[name] = time.perf_counter() - started
loaded = {{module.partition(".")[0] for module in set(sys.modules) - before}}
print(json.dumps({{"seconds": seconds, "heavy": sorted(loaded & set({HEAVY!r}))}}))
"""


@pytest.fixture(scope="module")
def bag() -> DagBag:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("FOOTING_CONFIG", str(ROOT / "config"))
        return DagBag(dag_folder=str(DAGS), safe_mode=False)


@pytest.fixture(scope="module")
def dags(bag: DagBag) -> dict[str, Any]:
    return dict(bag.dags)


def test_no_file_fails_to_import(bag: DagBag) -> None:
    assert bag.import_errors == {}


def test_each_configured_source_has_its_dag_and_there_is_one_close(dags: dict[str, Any]) -> None:
    sources = {f"ingest_{source.id}" for source in load_sources(ROOT / "config")}
    assert set(dags) == sources | {"close"}


def test_every_dag_says_when_it_runs_whose_it_is_and_what_it_does(dags: dict[str, Any]) -> None:
    for dag in dags.values():
        timetable = dag.timetable
        assert type(timetable).__name__ == "CronDataIntervalTimetable", dag.dag_id
        assert (timetable.expression, str(timetable.timezone)) == ("0 0 1 * *", "UTC")
        assert dag.catchup is False
        assert dag.max_active_runs == 1
        assert dag.start_date.day == 1
        assert dag.tags
        assert len(dag.doc_md) > 200
        assert "backfill" in dag.doc_md
        assert dag.description
    files = [ast.parse(path.read_text()) for path in DAGS.glob("*.py")]
    calls = [node for tree in files for node in ast.walk(tree) if isinstance(node, ast.Call)]
    made = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "DAG"]
    assert len(made) == 2
    for call in made:
        assert {"schedule", "catchup", "start_date", "max_active_runs"} <= {k.arg for k in call.keywords}


def test_a_source_of_daily_cadence_is_asked_every_night(bag: DagBag) -> None:
    from dags.ingest import make

    entry = {"id": "k", "title": "K", "connector": "prometheus", "kind": "telemetry", "cadence": "daily",
             "via": "api", "requests": ["par1"], "first_period": "2026-09"}  # fmt: skip
    dag = make(SourceEntry.model_validate(entry))
    assert dag.timetable.expression == "0 2 * * *" and "daily" in dag.doc_md
    # The run of a month's first night is about the month before, which is then whole.
    timetable = CronDataIntervalTimetable(dag.timetable.expression, "UTC")
    first_night = timetable.infer_manual_data_interval(run_after=pendulum.datetime(2026, 10, 1, 2))
    assert period_of({}, None, first_night.start) == "2026-09"


def test_every_task_retries_with_back_off_has_an_owner_and_a_docstring(dags: dict[str, Any]) -> None:
    for dag in dags.values():
        for task in dag.tasks:
            assert task.owner == "footing"
            assert task.retries >= 2, task.task_id
            assert task.retry_exponential_backoff
            assert task.retry_delay >= timedelta(seconds=30)
            assert task.python_callable.__doc__, task.task_id


def test_the_tasks_stand_in_order(dags: dict[str, Any]) -> None:
    assert [task.task_id for task in dags["close"].topological_sort()] == [
        "due", "build", "audit", "publish", "report", "summary",
    ]  # fmt: skip
    for name, dag in dags.items():
        if name.startswith("ingest_"):
            assert [task.task_id for task in dag.topological_sort()] == ["due", "land", "read", "check"]
            assert type(dag.get_task("land")).__name__.startswith(("Mapped", "DecoratedMapped"))


def test_parsing_loads_nothing_heavy_and_takes_less_than_a_second() -> None:
    measured = subprocess.run(
        [sys.executable, "-c", MEASURE], cwd=ROOT, capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    told = json.loads(measured.stdout.strip().splitlines()[-1])
    assert told["heavy"] == []
    assert {name: s for name, s in told["seconds"].items() if s >= SECONDS_TO_PARSE} == {}


def test_a_faulty_configuration_shows_as_an_import_error_that_says_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = shutil.copytree(ROOT / "config", tmp_path / "config")
    sources = config / "sources.yml"
    sources.write_text(sources.read_text(encoding="utf-8").replace("available_day: 16", "available_day: 99"))
    monkeypatch.setenv("FOOTING_CONFIG", str(config))
    errors = DagBag(dag_folder=str(DAGS), safe_mode=False).import_errors
    assert len(errors) == 2
    assert all("source 1 (gcp_carbon), field available_day" in text for text in errors.values())
