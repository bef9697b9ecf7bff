"""Runs logged to a real MLflow server and pulled through the connector: all that ran in the month, each once."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from connectors import mlflow
from connectors.base import Document, Secrets, Source

from .mlflow_server import call, install, start_mlflow
from .reading import assert_whole, fetched, rows_of

OPTIONS = {
    "energy_metric": {"energy_kwh": "kWh", "gpu_energy_j": "J"},
    "params": ["n_gpus"],
    "tags": ["cost_center"],
}
SOURCE = Source("runs", "mlflow", ("team-a",), OPTIONS)


@dataclass(frozen=True)
class Logged:
    """One run as it is logged; times are UTC, an ``end`` of None leaves it running."""

    name: str
    start: str
    end: str | None
    status: str = "FINISHED"
    metric: tuple[str, list[float]] | None = None
    project: str | None = "P-001"
    parent: str | None = None
    experiment: str = "fraud-scoring"
    deleted: bool = False
    params: dict[str, str] = field(default_factory=lambda: {"n_gpus": "4", "api_key": "s3cret"})


RUNS = (
    Logged("inside", "2026-09-10T10:00", "2026-09-10T12:00", metric=("energy_kwh", [0.25, 1.5])),
    Logged("failed", "2026-09-11T10:00", "2026-09-11T10:30", "FAILED", ("gpu_energy_j", [3.6e6])),
    Logged("killed", "2026-09-12T10:00", "2026-09-12T11:00", "KILLED"),
    Logged("across", "2026-08-31T22:00", "2026-09-01T02:00", metric=("energy_kwh", [8.0])),
    Logged("running", "2026-09-30T23:00", None, metric=("energy_kwh", [0.5])),
    Logged("parent", "2026-09-20T00:00", "2026-09-20T06:00", project="P-002", metric=("energy_kwh", [6.0])),
    Logged("child", "2026-09-20T01:00", "2026-09-20T02:00", project=None, parent="parent", metric=("energy_kwh", [1.0])),
    Logged("deleted", "2026-09-21T01:00", "2026-09-21T02:00", deleted=True, metric=("energy_kwh", [2.0])),
    Logged("elsewhere", "2026-09-22T01:00", "2026-09-22T02:00", experiment="docs", metric=("energy_kwh", [0.0])),
    Logged("before", "2026-08-30T22:00", "2026-08-31T23:59", metric=("energy_kwh", [9.0])),
    Logged("after", "2026-10-01T00:00", "2026-10-01T01:00", metric=("energy_kwh", [9.0])),
)  # fmt: skip
IN_SEPTEMBER = {run.name for run in RUNS} - {"before", "after"}


def _ms(text: str) -> int:
    return int(dt.datetime.fromisoformat(f"{text}+00:00").timestamp() * 1000)


def _log(url: str, run: Logged, experiment_id: str, ids: dict[str, str]) -> str:
    tags = {"mlflow.user": "alice", "mlflow.source.name": "/home/alice/secret/train.py", "cost_center": "CC-42",
            "mlflow.note.content": "asked by alice", "footing.lifecycle_phase": "development"}  # fmt: skip
    if run.project:
        tags["footing.project"] = run.project
    if run.parent:
        tags["mlflow.parentRunId"] = ids[run.parent]
    pairs = [{"key": key, "value": value} for key, value in tags.items()]
    made = call(url, "runs/create", experiment_id=experiment_id, run_name=run.name, user_id="alice",
                start_time=_ms(run.start), tags=pairs)  # fmt: skip
    run_id = str(made["run"]["info"]["run_id"])
    for key, value in run.params.items():
        call(url, "runs/log-parameter", run_id=run_id, key=key, value=value)
    for step, value in enumerate(run.metric[1] if run.metric else []):
        assert run.metric
        call(url, "runs/log-metric", run_id=run_id, key=run.metric[0], value=value, step=step,
             timestamp=_ms(run.start) + step)  # fmt: skip
    if run.end:
        call(url, "runs/update", run_id=run_id, status=run.status, end_time=_ms(run.end))
    if run.deleted:
        call(url, "runs/delete", run_id=run_id)
    return run_id


@pytest.fixture(scope="module")
def mlflow_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An MLflow server that holds ``RUNS``."""
    for url in start_mlflow(install(), tmp_path_factory.mktemp("mlflow")):
        experiments: dict[str, str] = {}
        ids: dict[str, str] = {}
        for run in RUNS:
            if run.experiment not in experiments:
                made = call(url, "experiments/create", name=run.experiment)
                experiments[run.experiment] = made["experiment_id"]
            ids[run.name] = _log(url, run, experiments[run.experiment], ids)
        yield url


@pytest.fixture(scope="module")
def documents(mlflow_url: str) -> list[Document]:
    """September, in pages of three runs."""
    whole = mlflow.PAGE_RUNS
    mlflow.PAGE_RUNS = 3
    try:
        return fetched(mlflow.connector, SOURCE, "2026-09", Secrets(host=mlflow_url))
    finally:
        mlflow.PAGE_RUNS = whole


@pytest.fixture(scope="module")
def rows(documents: list[Document]) -> dict[str, dict[str, Any]]:
    """The month's rows by the name of the run, each there once."""
    read = rows_of(mlflow.connector, documents)
    assert len({row["run_id"] for row in read}) == len(read)
    return {row["run_name"]: row for row in read}


def test_every_run_that_ran_in_the_month_is_there_once(
    rows: dict[str, dict[str, Any]], documents: list[Document]
) -> None:
    assert set(rows) == IN_SEPTEMBER
    assert_whole(documents)
    assert len(documents) == 4, "the running one, then eight in pages of three"


def test_what_was_logged_is_what_is_read(rows: dict[str, dict[str, Any]]) -> None:
    for run in RUNS:
        if run.name not in IN_SEPTEMBER:
            continue
        row = rows[run.name]
        assert row["started_at"] == dt.datetime.fromisoformat(run.start)
        assert row["ended_at"] == (dt.datetime.fromisoformat(run.end) if run.end else None)
        assert (row["status"], row["project"]) == (run.status if run.end else "RUNNING", run.project)
        assert row["lifecycle_stage"] == ("deleted" if run.deleted else "active")
        assert (row["experiment_name"], row["lifecycle_phase"]) == (run.experiment, "development")
        metric, values = run.metric or (None, [None])
        assert (row["energy_metric"], row["energy_value"]) == (metric, values[-1])
        assert row["energy_unit"] == (OPTIONS["energy_metric"][metric] if metric else None)  # type: ignore[index]
    assert rows["child"]["parent_run_id"] == rows["parent"]["run_id"]
    assert rows["inside"]["duration_s"] == 7200.0


def test_nothing_of_a_person_is_landed(documents: list[Document], rows: dict[str, dict[str, Any]]) -> None:
    landed = b"".join(d.data for d in documents if isinstance(d.data, bytes))
    assert b"alice" not in landed and b"s3cret" not in landed
    assert rows["inside"]["source_name"] == "train.py"
    assert (json.loads(rows["inside"]["params"]), json.loads(rows["inside"]["tags"])) == (
        {"n_gpus": "4"},
        {"cost_center": "CC-42"},
    )


def test_the_same_question_gets_the_same_bytes(mlflow_url: str) -> None:
    first, again = (fetched(mlflow.connector, SOURCE, "2026-09", Secrets(host=mlflow_url)) for _ in range(2))
    assert [d.data for d in first] == [d.data for d in again]
