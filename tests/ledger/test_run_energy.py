"""Energy of tracked runs, whatever runs there are: none is lost or made, none is negative, a node's is counted once."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import Any

import duckdb
import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

MODELS = Path(__file__).parents[2] / "dbt_project" / "models"
# Runs of these days may cross a month's end; times are UTC.
START = dt.datetime(2026, 12, 30)
COLUMNS = (
    "source_id varchar, delivery_id varchar, document_sha256 varchar, document_row bigint, request varchar, site_id varchar,"
    " node varchar, run_key varchar, run_id varchar, task_name varchar, is_task boolean, is_newest boolean, project_name varchar,"
    " experiment_id varchar, tracking_mode varchar, started_at timestamp, ended_at timestamp, cpu_kwh double, gpu_kwh double,"
    " ram_kwh double, cpu_tier varchar, gpu_tier varchar, ram_tier varchar, cloud_provider varchar, codecarbon_major integer"
)
LOGGED = (
    "source_id varchar, delivery_id varchar, document_sha256 varchar, delivery_month date, request varchar, site_id varchar,"
    " run_id varchar, started_at timestamp, ended_at timestamp, energy_kwh double, is_newest boolean, is_counted boolean"
)

energies = st.floats(0, 1000, allow_nan=False, allow_subnormal=False)
spans = st.tuples(st.integers(0, 5 * 86_400), st.integers(0, 3 * 86_400))
tracked = st.tuples(
    spans, st.sampled_from(["machine", "machine", "process"]), st.sampled_from(["a", "b"]),
    energies, energies, energies, st.booleans(),
)  # fmt: skip
logged = st.tuples(st.integers(0, 5 * 86_400), st.none() | st.integers(0, 3 * 86_400), energies)


def table(con: duckdb.DuckDBPyConnection, name: str, columns: str, rows: list[dict[str, Any]]) -> None:
    names = [column.strip().split(" ")[0] for column in columns.split(",")]
    con.execute(f"create table {name} ({columns})")
    if rows:
        con.executemany(
            f"insert into {name} values ({', '.join('?' * len(names))})",
            [[row.get(column) for column in names] for row in rows],
        )


def model(con: duckdb.DuckDBPyConnection, path: str) -> None:
    """Run a model's own text on the tables of the connection."""
    query = jinja2.Template((MODELS / path).read_text(encoding="utf-8")).render(ref=lambda name: name)
    con.execute(f"create table {Path(path).stem} as {query}")


def months_of(files: list[Any], runs: list[Any]) -> tuple[list[tuple[Any, ...]], float]:
    """Give the run-months of these files and logged runs, and the kWh that went in."""
    rows = [
        {"source_id": "c", "node": node, "site_id": "s", "run_key": f"r{n}", "is_task": False, "is_newest": newest,
         "tracking_mode": mode, "started_at": START + dt.timedelta(seconds=begin),
         "ended_at": START + dt.timedelta(seconds=begin + length), "cpu_kwh": cpu, "gpu_kwh": gpu, "ram_kwh": ram}
        for n, ((begin, length), mode, node, cpu, gpu, ram, newest) in enumerate(files)
    ]  # fmt: skip
    told = [
        {"source_id": "m", "request": "t", "site_id": "s", "run_id": f"r{n}", "delivery_month": START.date().replace(day=1),
         "started_at": START + dt.timedelta(seconds=begin), "energy_kwh": kwh, "is_newest": True, "is_counted": True,
         "ended_at": None if length is None else START + dt.timedelta(seconds=begin + length)}
        for n, (begin, length, kwh) in enumerate(runs)
    ]  # fmt: skip
    with duckdb.connect() as con:
        table(con, "stg_codecarbon__runs", COLUMNS, rows)
        table(con, "stg_mlflow__runs", LOGGED, told)
        table(con, "int_run_estimates", LOGGED.replace("energy_kwh", "kwh"), [])
        con.execute(
            "create table int_months as select unnest([date '2026-12-01', date '2027-01-01']) as period_month"
        )
        model(con, "staging/codecarbon/stg_codecarbon__energy.sql")
        model(con, "intermediate/activity/int_run_months.sql")
        found = con.execute(
            "select source_id, node, run_key, period_month, component, reason, kwh from int_run_months order by all"
        ).fetchall()
    put_in = math.fsum(row["cpu_kwh"] + row["gpu_kwh"] + row["ram_kwh"] for row in rows if row["is_newest"])
    return found, put_in + math.fsum(row["energy_kwh"] for row in told)


@settings(max_examples=25, deadline=None)
@given(st.lists(tracked, max_size=8), st.lists(logged, max_size=4))
def test_energy_is_conserved_and_never_negative(files: list[Any], runs: list[Any]) -> None:
    found, put_in = months_of(files, runs)
    assert math.fsum(row[-1] for row in found) == pytest.approx(put_in, rel=1e-9, abs=1e-9)
    assert all(row[-1] > 0 for row in found)


@settings(max_examples=25, deadline=None)
@given(spans, st.lists(energies, min_size=2, max_size=6))
def test_runs_of_one_time_are_split_and_not_added(span: tuple[int, int], readings: list[float]) -> None:
    # All of them measured the one node for the one time: what counts is their mean reading.
    files = [(span, "machine", "a", 0.0, kwh, 0.0, True) for kwh in readings]
    found, _ = months_of(files, [])
    counted = math.fsum(row[-1] for row in found if row[5] is None)
    assert counted == pytest.approx(math.fsum(readings) / len(readings), rel=1e-9, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(logged)
def test_a_run_is_cut_at_the_months_end_by_time(run: tuple[int, int | None, float]) -> None:
    begin, length, kwh = run
    border = (dt.datetime(2027, 1, 1) - START).total_seconds()
    found, _ = months_of([], [run])
    by_month = {row[3].month: row[-1] for row in found}
    if length:
        december = kwh * min(max(border - begin, 0), length) / length
    else:
        december = kwh if begin < border else 0.0
    assert by_month.get(12, 0.0) == pytest.approx(december, rel=1e-9, abs=1e-9)
    assert by_month.get(1, 0.0) == pytest.approx(kwh - december, rel=1e-9, abs=1e-9)
