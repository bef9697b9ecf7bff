"""Tracked and logged runs of the bundled organization, counted from the documents themselves."""

from __future__ import annotations

import csv
import datetime as dt
import json

from tests.examples.orselia_reading import HISTORY, MONTHS

NODE = HISTORY / "codecarbon" / "lon1-ws-01"
SERVER = HISTORY / "mlflow" / "ds-team"


def _rows(month: str) -> list[dict[str, str]]:
    return [row for path in sorted((NODE / month).iterdir()) for row in csv.DictReader(path.open())]


def _overlaps(month: str) -> int:
    spans = []
    for row in _rows(month):
        end = dt.datetime.fromisoformat(row["timestamp"])
        spans.append((end - dt.timedelta(seconds=float(row["duration"])), end))
    spans.sort()
    return sum(later[0] < earlier[1] for earlier, later in zip(spans, spans[1:], strict=False))


def test_each_month_has_its_delivery() -> None:
    assert sorted(path.name for path in NODE.iterdir()) == [m for m in MONTHS if m >= "2025-06"]
    assert sorted(path.name for path in SERVER.iterdir()) == [m for m in MONTHS if m >= "2026-01"]


def test_the_tool_was_upgraded_and_given_a_pue() -> None:
    backed_up = [path.name for path in NODE.iterdir() if (path / "emissions.csv.bak").exists()]
    assert backed_up == ["2026-01"]
    for month in (path.name for path in NODE.iterdir()):
        versions = {row["codecarbon_version"] for row in _rows(month)}
        expected = {"2.8.4"} if month < "2026-01" else {"3.3.2"}
        assert versions == ({"2.8.4", "3.3.2"} if month == "2026-01" else expected)
        assert {row["pue"] for row in _rows(month)} == ({"1.0"} if month < "2025-09" else {"1.45"})


def test_two_runs_measure_the_workstation_at_one_time_in_one_month() -> None:
    assert [path.name for path in sorted(NODE.iterdir()) if _overlaps(path.name)] == ["2026-04"]


def test_parents_log_no_energy_and_every_run_names_its_project() -> None:
    runs = [run for path in sorted(SERVER.rglob("*.json")) for run in json.loads(path.read_text())["runs"]]
    tags = [{tag["key"]: tag["value"] for tag in run["data"]["tags"]} for run in runs]
    assert {tag["footing.project"] for tag in tags} == {"P-ASSIST"}
    parents = {tag["mlflow.parentRunId"] for tag in tags if "mlflow.parentRunId" in tag}
    assert parents
    assert {bool(run["data"]["metrics"]) for run in runs if run["info"]["run_id"] in parents} == {False}
    assert len(runs) > 50
