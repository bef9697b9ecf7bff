"""Energy of boards and meters per hour, by hand: counters that reset or lose samples, shared boards, several meters."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import connectors
from connectors.base import Document, ParseError
from footing import rollup
from footing.parquet import write_table

DAY = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
STEP = 60
POWER, COUNTER = "DCGM_FI_DEV_POWER_USAGE", "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION"


def rolled(
    name: str, series: list[tuple[dict[str, str], dict[int, float]]], **options: Any
) -> list[dict[str, Any]]:
    """Parse one answer of Prometheus and roll it up; samples are keyed by the second of the day."""
    result = [
        {"metric": labels, "values": [[DAY.timestamp() + at, str(value)] for at, value in points.items()]}
        for labels, points in series
    ]
    answer = json.dumps({"status": "success", "data": {"resultType": "matrix", "result": result}})
    connector = connectors.load("prometheus")
    document = Document(
        answer.encode(), "query_range.json", "par1", options={"step_seconds": STEP, **options}
    )
    schema = connector.SCHEMA.insert(0, pa.field("doc_key", pa.string()))
    rows = [{"doc_key": "d"} | row for parsed in connector.parse(document) for row in parsed.rows.to_pylist()]
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "samples.parquet", Path(folder) / "out.parquet"
        write_table(pa.Table.from_pylist(rows, schema=schema), source)
        rollup.run(rollup.text_of(name), source, [], target)
        return pq.read_table(target).to_pylist()


def board(metric: str, uuid: str = "GPU-1", **labels: str) -> dict[str, str]:
    return {"__name__": metric, "UUID": uuid, "Hostname": "n1", **labels}


def hours(rows: list[dict[str, Any]], key: str = "pod") -> dict[tuple[int, Any], float]:
    found: dict[tuple[int, Any], float] = defaultdict(float)
    for row in rows:
        found[row["hour_start"].hour, row[key]] += row["kwh"]
    return dict(found)


def test_a_counter_gives_its_growth_and_after_a_reset_its_value() -> None:
    # mJ: 1.0, 1.5, then a reboot: 0.2 and 0.6 kWh → 0.5 + 0.2 + 0.4 = 1.1 kWh.
    points = {0: 3.6e9, 60: 5.4e9, 120: 0.72e9, 180: 2.16e9}
    [row] = rolled("gpu_hours", [(board(COUNTER), points)])
    assert (row["kwh"], row["seconds_seen"]) == (pytest.approx(1.1), 180)


def test_what_a_counter_counted_over_lost_samples_is_spread_over_the_time_lost() -> None:
    # Samples at 00:30 and 02:30 alone: 2.4 kWh in two hours, of which the last minute, 0.02, has a known holder.
    points = {1_800: 0.0, 9_000: 2.4 * 3.6e9}
    rows = rolled("gpu_hours", [(board(COUNTER, pod="p", namespace="ns"), points)])
    assert hours(rows) == {
        (0, None): pytest.approx(0.6),
        (1, None): pytest.approx(1.2),
        (2, None): pytest.approx(0.58),
        (2, "p"): pytest.approx(0.02),
    }


def test_a_late_sample_is_no_gap() -> None:
    rows = rolled("gpu_hours", [(board(COUNTER, pod="p", namespace="ns"), {0: 0.0, 80: 3.6e9})])
    assert hours(rows) == {(0, "p"): pytest.approx(1.0)}


def test_mig_instances_and_a_second_scrape_share_one_boards_energy() -> None:
    # 360 W for ten minutes: 0.06 kWh, once, whether two pods hold slices of the board or two scrapes saw it.
    points = dict.fromkeys(range(60, 601, 60), 360.0)
    pods = [(board(POWER, pod=pod, namespace="ns", GPU_I_ID=str(n)), points) for n, pod in enumerate("ab")]
    assert hours(rolled("gpu_hours", pods)) == {(0, "a"): pytest.approx(0.03), (0, "b"): pytest.approx(0.03)}
    counted = {at: at / 60 * 3.6e9 for at in range(0, 601, 60)}
    again = [(board(COUNTER, instance=instance), counted) for instance in ("a:9400", "b:9400")]
    assert sum(row["kwh"] for row in rolled("gpu_hours", again)) == pytest.approx(10.0)


def test_pods_that_follow_each_other_on_a_board_each_have_their_own() -> None:
    first = (board(POWER, pod="a", namespace="ns"), {60: 360.0})
    second = (board(POWER, pod="b", namespace="ns"), {120: 720.0})
    assert hours(rolled("gpu_hours", [first, second])) == {
        (0, "a"): pytest.approx(0.006),
        (0, "b"): pytest.approx(0.012),
    }


def test_sentinels_are_rejected_and_counted() -> None:
    answer = {"status": "success", "data": {"resultType": "matrix", "result": [
        {"metric": board(COUNTER), "values": [[60, "9223372036854775794"], [120, "1000"]]}]}}  # fmt: skip
    document = Document(json.dumps(answer).encode(), "q.json", "par1", options={"step_seconds": 60})
    [parsed] = connectors.load("prometheus").parse(document)
    assert (parsed.rows.num_rows, len(parsed.rejects)) == (1, 1)
    assert "cannot measure" in parsed.rejects[0].remedy


def kepler(zone: str, path: str) -> dict[str, str]:
    return {"__name__": "kepler_node_cpu_joules_total", "node_name": "n1", "zone": zone, "path": path}


def test_keplers_overlapping_zones_are_not_added() -> None:
    # Two sockets of 0.1 kWh and their memory of 0.05; psys holds them all.
    series = [
        (kepler("package", "0"), {0: 0, 60: 3.6e5}),
        (kepler("package", "1"), {0: 7, 60: 3.6e5 + 7}),
        (kepler("dram", "0"), {0: 0, 60: 1.8e5}),
        (kepler("psys", "0"), {0: 0, 60: 1.8e6}),
    ]
    assert hours(rolled("meter_hours", series), "zone") == {
        (0, "package"): pytest.approx(0.2),
        (0, "dram"): pytest.approx(0.05),
    }
    assert hours(rolled("meter_hours", series, zones=["psys"]), "zone") == {(0, "psys"): pytest.approx(0.5)}


def test_a_nodes_power_is_cut_at_hours_and_a_sites_own_meter_is_declared() -> None:
    # 3,600 W over the minute from 00:59:30: half before the hour, half after.
    node = ({"__name__": "ipmi_dcmi_power_consumption_watts", "instance": "bmc1"}, {3_630: 3_600.0})
    assert hours(rolled("meter_hours", [node]), "level") == {
        (0, "node"): pytest.approx(0.03),
        (1, "node"): pytest.approx(0.03),
    }
    pdu = ({"__name__": "rPDU2PhaseStatusPower", "rack": "r7"}, {60: 120.0})
    with pytest.raises(ParseError, match=r"rPDU2PhaseStatusPower.*options\.meters"):
        rolled("meter_hours", [pdu])
    # The unit counts hundredths of kW: 1,200 W for a minute.
    meters = {"rPDU2PhaseStatusPower": {"kind": "power", "level": "rack", "label": "rack", "factor": 10}}
    [row] = rolled("meter_hours", [pdu], meters=meters)
    assert (row["level"], row["device_id"], row["kwh"]) == ("rack", "r7", pytest.approx(0.02))


def test_labels_of_pods_are_kept_once() -> None:
    labels = {"__name__": "kube_pod_labels", "namespace": "ns", "pod": "p", "label_footing_project": "P-1"}
    [row] = rolled("pod_labels", [(labels, {0: 1, 60: 1, 120: 1})])
    assert (row["pod"], json.loads(row["labels"])) == ("p", {"label_footing_project": "P-1"})


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(1, 10_000), st.floats(0, 1e9, width=32), st.booleans()), min_size=1, max_size=12
    )
)
def test_counters_are_conserved_and_never_negative(steps: list[tuple[int, float, bool]]) -> None:
    # Any gaps and resets: what comes out is the growth, and after each reset the value itself.
    at, value, points, expected = 0, 0.0, {0: 0.0}, 0.0
    for seconds, growth, is_reset in steps:
        at, before = at + seconds, value
        value = growth if is_reset and growth < value else value + growth
        expected += value - before if value >= before else value
        points[at] = value
    rows = rolled("gpu_hours", [(board(COUNTER), points)])
    assert all(row["kwh"] >= 0 and row["seconds_seen"] >= 0 for row in rows)
    assert sum(row["kwh"] for row in rows) == pytest.approx(expected / 3.6e9, rel=1e-9, abs=1e-10)
    assert sum(row["seconds_seen"] for row in rows) == pytest.approx(at, rel=1e-9)
