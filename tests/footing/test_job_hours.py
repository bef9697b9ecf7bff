"""Energy of unlabelled boards among Slurm jobs: hand-worked hours, and properties against a count second by second."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections import defaultdict
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import connectors
from footing import rollup
from footing.parquet import write_table
from footing.typed import DOCUMENTS, ensure_empty

DAY = dt.datetime(2026, 10, 25)
STEP = 60
# Node, job, GPUs, first and last second of the day.
Job = tuple[str, str, int, int, int]


def samples_of(watts: dict[tuple[str, str, int], float], labels: dict[str, str] | None = None) -> pa.Table:
    """Typed samples; keys are host, board and the second at which the step ends."""
    schema = connectors.load("prometheus").SCHEMA.insert(0, pa.field("doc_key", pa.string()))
    rows = [
        {"doc_key": "p", "metric": "DCGM_FI_DEV_POWER_USAGE", "kind": "power", "level": "gpu", "board_series": 1,
         "ts": DAY + dt.timedelta(seconds=at), "value": value, "step_seconds": float(STEP), "uuid": board,
         "hostname": host, "hpc_job": (labels or {}).get(board)}
        for (host, board, at), value in watts.items()
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=schema)


def jobs_of(jobs: list[Job]) -> pa.Table:
    """Typed lines of sacct."""
    schema = connectors.load("slurm_sacct").SCHEMA.insert(0, pa.field("doc_key", pa.string()))
    rows = [
        {"doc_key": "j", "document_row": row, "job_id_raw": job, "submit_at": DAY, "nodes": 1, "alloc_gpus": gpus,
         "start_at": DAY + dt.timedelta(seconds=since), "end_at": DAY + dt.timedelta(seconds=until),
         "elapsed_s": until - since, "node_names": [node], "is_step": False}
        for row, (node, job, gpus, since, until) in enumerate(jobs)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=schema)


def attribute(
    watts: dict[tuple[str, str, int], float], jobs: list[Job], labels: dict[str, str] | None = None
) -> dict[tuple[str, int, str | None], float]:
    """Run the roll-up."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_table(samples_of(watts, labels), folder / "samples.parquet")
        write_table(jobs_of(jobs), folder / "jobs.parquet")
        query = rollup.text_of("job_hours")
        rollup.run(query, folder / "samples.parquet", [folder / "jobs.parquet"], folder / "out.parquet")
        with duckdb.connect() as con:
            found = con.execute(
                f"select node, date_diff('hour', timestamp '{DAY}', hour_start), job_id, kwh "
                f"from read_parquet('{folder}/out.parquet')"
            ).fetchall()
    assert len({row[:3] for row in found}) == len(found)
    return {(node, hour, job): kwh for node, hour, job, kwh in found}


def constant(board_watts: float, hosts: dict[str, int], hours: range) -> dict[tuple[str, str, int], float]:
    return {
        (host, f"{host}-{board}", at): board_watts
        for host, boards in hosts.items()
        for board in range(boards)
        for at in range(hours.start * 3600 + STEP, hours.stop * 3600 + 1, STEP)
    }


def test_jobs_share_a_node_by_their_gpus_and_hours_are_cut_where_they_meet() -> None:
    # Two boards of 360 W: 0.72 kWh an hour. A holds one GPU from 10:30 to 12:15, B two from 11:00 to 11:30: then three
    # GPUs are asked of two boards, A gets a third of 0.36 and B two.
    watts = constant(360, {"N1.cluster:9400": 2}, range(10, 13))
    jobs = [("n1", "7", 1, 37_800, 44_100), ("n1", "8", 2, 39_600, 41_400), ("n2", "9", 1, 0, 80_000)]
    assert attribute(watts, jobs) == {
        ("n1", 10, "7"): pytest.approx(0.18),
        ("n1", 10, None): pytest.approx(0.54),
        ("n1", 11, "7"): pytest.approx(0.12 + 0.18),
        ("n1", 11, "8"): pytest.approx(0.24),
        ("n1", 11, None): pytest.approx(0.18),
        ("n1", 12, "7"): pytest.approx(0.09),
        ("n1", 12, None): pytest.approx(0.63),
    }


def test_a_step_that_a_job_ends_in_is_divided_by_time() -> None:
    # 3,600 W for one minute, 15 s of it the job's.
    found = attribute({("n1", "b", 60): 3_600.0}, [("n1", "7", 1, 0, 15)])
    assert found == {("n1", 0, "7"): pytest.approx(0.015), ("n1", 0, None): pytest.approx(0.045)}


def test_a_whole_hour_of_one_job_comes_from_the_hourly_sum() -> None:
    found = attribute(constant(500, {"n1": 1}, range(1, 4)), [("n1", "7", 1, 3_600, 14_400)])
    jobs = {hour: kwh for (_, hour, job), kwh in found.items() if job}
    assert jobs == {1: pytest.approx(0.5), 2: pytest.approx(0.5), 3: pytest.approx(0.5)}
    assert sum(kwh for (_, _, job), kwh in found.items() if job is None) == pytest.approx(0, abs=1e-12)


def test_a_job_that_the_exporter_names_gets_no_other_boards() -> None:
    # Board 0 says that job 7 holds it; board 1 of the node is idle, and stays so.
    watts = constant(100, {"n1": 2}, range(1))
    found = attribute(watts, [("n1", "7", 1, 0, 3_600)], labels={"n1-0": "7"})
    assert found == {("n1", 0, None): pytest.approx(0.1)}


def test_jobs_come_from_the_newest_usable_delivery_of_the_site_and_anew_when_it_changes(
    tmp_path: Path,
) -> None:
    typed, made = tmp_path / "typed", tmp_path / "rollup"
    ensure_empty(typed)
    write_table(samples_of(constant(500, {"n1": 1}, range(1))), typed / "prometheus" / "p.parquet")
    for doc_key, job in (("old", "1"), ("new", "2"), ("broken", "3"), ("elsewhere", "4")):
        write_table(jobs_of([("n1", job, 1, 0, 3_600)]), typed / "slurm_sacct" / f"{doc_key}.parquet")

    def jobs_with(*deliveries: tuple[str, str, int, bool]) -> list[str | None]:
        rows = [
            {"source_id": "slurm", "connector": "slurm_sacct", "doc_key": doc_key, "request": site, "seq": seq,
             "period_month": DAY.date().replace(day=1), "complete": True, "readable": readable}
            for doc_key, site, seq, readable in deliveries
        ]  # fmt: skip
        rows.append(
            rows[0] | {"source_id": "dcgm", "connector": "prometheus", "doc_key": "p", "request": "par1"}
        )
        write_table(pa.Table.from_pylist(rows, schema=DOCUMENTS), typed / "_documents.parquet")
        rollup.roll_up(typed, made)
        found = pq.read_table(made / "job_hours").to_pylist()
        return sorted(row["job_id"] for row in found if row["kwh"] > 0.1)

    assert jobs_with(("old", "par1", 1, True), ("elsewhere", "lon1", 1, True)) == ["1"]
    corrected = (("old", "par1", 1, True), ("new", "par1", 2, True), ("broken", "par1", 3, False))
    assert jobs_with(*corrected) == ["2"]


def by_seconds(
    watts: dict[tuple[str, str, int], float], jobs: list[Job]
) -> dict[tuple[str, int, str | None], float]:
    """Count the same second by second: slow and plain."""
    boards: dict[tuple[str, int], set[str]] = defaultdict(set)
    for host, board, at in watts:
        boards[host, (at - 1) // 3600].add(board)
    kwh: dict[tuple[str, int, str | None], float] = defaultdict(float)
    for (host, _, at), value in watts.items():
        hour = (at - 1) // 3600
        seconds = range(max(at - STEP, hour * 3600), at)
        for second in seconds:
            energy = value * STEP / 3.6e6 / len(seconds)
            active = [
                (job, gpus)
                for node, job, gpus, since, until in jobs
                if node == host and since <= second < until
            ]
            asked = max(sum(gpus for _, gpus in active), len(boards[host, hour]))
            for job, gpus in active:
                kwh[host, hour, job] += energy * gpus / asked
            kwh[host, hour, None] += energy * (1 - sum(gpus for _, gpus in active) / asked)
    return kwh


SPANS = st.tuples(st.integers(0, 3 * 3600), st.integers(1, 2 * 3600)).map(lambda span: (span[0], sum(span)))


@settings(deadline=None, max_examples=40)
@given(
    jobs=st.lists(st.tuples(st.sampled_from(["n1", "n2"]), st.integers(1, 4), SPANS), max_size=7),
    readings=st.dictionaries(
        st.tuples(st.sampled_from(["n1", "n2"]), st.integers(0, 2), st.integers(0, 4 * 3600)),
        st.floats(0, 1_400, width=32),
        max_size=25,
    ),
)  # fmt: skip
def test_energy_is_conserved_never_negative_and_as_counted_by_seconds(
    jobs: list[tuple[str, int, tuple[int, int]]], readings: dict[tuple[str, int, int], float]
) -> None:
    # Any clock: samples that come early, late, or twice within a step; jobs that overlap on one board.
    watts = {(host, f"{host}-{board}", at): value for (host, board, at), value in readings.items()}
    held = [(node, str(number), gpus, *span) for number, (node, gpus, span) in enumerate(jobs)]
    found = attribute(watts, held)
    assert all(kwh >= -1e-15 for kwh in found.values())
    measured = sum(value * STEP / 3.6e6 for value in watts.values())
    assert sum(found.values()) == pytest.approx(measured, rel=1e-9, abs=1e-8)
    for key, kwh in by_seconds(watts, held).items():
        assert found.get(key, 0.0) == pytest.approx(kwh, rel=1e-6, abs=1e-8)
