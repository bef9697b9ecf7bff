"""Whatever scrapes, slices and clocks do, a board's and a meter's energy is that of its distinct samples, once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.footing.test_prometheus_rollup import POWER, STEP, board, rolled

# Per instant: the board's watts, which of its series show it, and how far the scrape's clock is off.
INSTANTS = st.lists(
    st.tuples(
        st.floats(0, 1000, width=32),
        st.sets(st.integers(0, 4), min_size=1),
        st.integers(-29, 29),
    ),
    min_size=1,
    max_size=20,
)


@settings(deadline=None, max_examples=60)
@given(INSTANTS)
def test_mig_slices_time_slices_and_second_scrapes_never_count_a_joule_twice(instants) -> None:
    # Series 0 and 1 are MIG instances of one pod each, 2 and 3 pods on a time-sliced board, 4 a second scrape of nobody.
    # Each shows the whole board's power.
    labels = [
        board(POWER, GPU_I_ID="1", pod="a"), board(POWER, GPU_I_ID="2", pod="b"),
        board(POWER, pod="c"), board(POWER, pod="d"), board(POWER, job="second"),
    ]  # fmt: skip
    points: list[dict[int, float]] = [{} for _ in labels]
    expected = 0.0
    for number, (watts, shown, skew) in enumerate(instants, start=1):
        # A skewed clock moves all series of the instant: it never makes two instants one.
        at = number * STEP + skew
        expected += watts * STEP
        for series in shown:
            points[series][at] = watts
    series = [(label, values) for label, values in zip(labels, points, strict=True) if values]
    rows = rolled("gpu_hours", series)
    assert all(row["kwh"] >= 0 and row["seconds_seen"] >= 0 for row in rows)
    assert sum(row["kwh"] for row in rows) == pytest.approx(expected / 3.6e6, rel=1e-9, abs=1e-9)
    assert sum(row["seconds_seen"] for row in rows) == pytest.approx(len(instants) * STEP)


@settings(deadline=None, max_examples=40)
@given(st.integers(-30, 30), st.integers(1, 300))
def test_a_counter_and_its_power_scraped_by_skewed_clocks_keep_their_own_energy(
    skew: int, steps: int
) -> None:
    # 360 W is 6 Wh a minute. Two boards whose exporters' clocks differ: each board's counter gives its own growth.
    counter = "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION"
    ahead = {30 + number * STEP + skew: number * 21.6e6 for number in range(steps + 1)}
    other = {30 + number * STEP: 5e9 + number * 21.6e6 for number in range(steps + 1)}
    rows = rolled("gpu_hours", [(board(counter, "GPU-1"), ahead), (board(counter, "GPU-2"), other)])
    for uuid in ("GPU-1", "GPU-2"):
        kwh = sum(row["kwh"] for row in rows if row["uuid"] == uuid)
        assert kwh == pytest.approx(steps * 0.006, rel=1e-9)


# How one machine's meter comes several times: two replicas of the server, a second scrape, another address, an exporter that moved.
COPIES = [
    {"replica": "a"}, {"replica": "b"}, {"job": "second"}, {"instance": "10.0.0.7:9100"},
    {"pod": "exporter-x2", "namespace": "monitoring", "job": "operator"},
]  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(INSTANTS)
def test_a_machines_power_counts_once_however_often_it_is_scraped(instants) -> None:
    points: list[dict[int, float]] = [{} for _ in COPIES]
    for number, (watts, shown, _) in enumerate(instants, start=1):
        for copy in shown:
            points[copy][number * STEP] = watts
    name = {"__name__": "ipmi_dcmi_power_consumption_watts", "Hostname": "n1", "instance": "n1:9290"}
    series = [(name | copy, values) for copy, values in zip(COPIES, points, strict=True) if values]
    rows = rolled("meter_hours", series)
    assert sum(row["kwh"] for row in rows) == pytest.approx(
        sum(watts for watts, *_ in instants) * STEP / 3.6e6, rel=1e-9, abs=1e-9
    )
    assert sum(row["seconds_seen"] for row in rows) == pytest.approx(len(instants) * STEP)
    assert len({row["series_key"] for row in rows}) == 1


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(st.integers(0, 4), st.sets(st.integers(0, 200), min_size=2, max_size=30), min_size=1),
    st.sampled_from(["0", "1"]),
)
def test_a_machines_counter_grows_once_however_often_it_is_scraped(seen, socket) -> None:
    # 360 W, each copy with losses and a start of its own: what counts is the time that any of them spans.
    base = {"__name__": "kepler_node_cpu_joules_total", "node_name": "n1", "zone": "package"}
    series = [
        (base | {"path": socket} | COPIES[copy], {at * STEP: 1e6 * copy + at * STEP * 360.0 for at in ats})
        for copy, ats in seen.items()
    ]
    other = (base | {"path": "2"}, {0: 0.0, STEP: 21_600.0})
    rows = rolled("meter_hours", [*series, other])
    spanned = {at for ats in seen.values() for at in range(min(ats), max(ats))}
    assert sum(row["kwh"] for row in rows) == pytest.approx((len(spanned) + 1) * 0.006, rel=1e-9)
    assert sum(row["seconds_seen"] for row in rows) == pytest.approx((len(spanned) + 1) * STEP)
