"""Runs logged to a real MLflow server and pulled through the connector: all that ran in the month, each once."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from connectors import mlflow
from connectors.base import Document, Secrets, Source

from .mlflow_runs import IN_SEPTEMBER, RUNS
from .reading import assert_whole, fetched, rows_of

OPTIONS = {
    "energy_metric": {"energy_kwh": "kWh", "gpu_energy_j": "J"},
    "params": ["n_gpus"],
    "tags": ["cost_center"],
}
SOURCE = Source("runs", "mlflow", ("team-a",), OPTIONS)


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
