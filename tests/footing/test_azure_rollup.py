"""GPU energy by the hour: joules of real-shaped answers, added by hand."""

import datetime as dt
from dataclasses import replace

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors import load
from footing import rollup, typed
from tests.connectors.run_documents import azure_answer, azure_series, document


def test_hours_hold_the_minutes_that_were_seen(tmp_path):
    # An hour of 60 minutes at 18,000 J is 0.3 kWh; the gap takes one of them, the zero none.
    whole = [(at, None if at == 7 else 0 if at == 8 else 18_000.0) for at in range(60)]
    other = [(at, 36_000.0) for at in range(30)]
    data = azure_answer(
        azure_series(whole, InstanceId="n1", DeviceId="0", runId="a"),
        azure_series(other, InstanceId="n1", DeviceId="1", runId="b"),
    )
    given = replace(document("azure_monitor"), data=data.replace("2026-09-01T00:", "2026-09-01T13:").encode())
    typed.ensure_empty(tmp_path / "typed")
    table = pa.Table.from_batches([parsed.rows for parsed in load("azure_monitor").parse(given)])
    table = table.add_column(0, "doc_key", pa.array(["d"] * len(table)))
    pq.write_table(table, tmp_path / "typed" / "azure_monitor" / "d.parquet")
    rollup.roll_up(tmp_path / "typed", tmp_path / "rollup")
    rows = duckdb.sql(
        f"""select hour_start, device_id, run_id, kwh, minutes_seen
        from read_parquet('{tmp_path}/rollup/azure_gpu_hours/*.parquet') order by device_id"""
    ).fetchall()
    hour = dt.datetime(2026, 9, 1, 13)
    assert rows == [(hour, "0", "a", pytest.approx(0.29), 59), (hour, "1", "b", pytest.approx(0.3), 30)]
