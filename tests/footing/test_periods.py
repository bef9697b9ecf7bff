"""The month of a run, and the months it asks for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from footing import periods
from tests.footing.support import source

FEBRUARY = dt.datetime(2025, 2, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("conf", "key", "start", "period"),
    [
        ({"period": "2025-06"}, "2025-03", FEBRUARY, "2025-06"), ({}, "2025-03", FEBRUARY, "2025-03"),
        (None, None, FEBRUARY, "2025-02"), ({"since": "2025-01"}, None, FEBRUARY, "2025-02"),
    ],
)  # fmt: skip
def test_the_month_is_found_in_order(conf: Any, key: str | None, start: Any, period: str) -> None:
    assert periods.period_of(conf, key, start) == period


@pytest.mark.parametrize("conf", [None, {}, {"period": "2025-6"}, {"period": "2025-13"}, {"period": "June"}])
def test_a_run_without_a_month_fails(conf: Any) -> None:
    with pytest.raises(ValueError, match="no month"):
        periods.period_of(conf, None, None)


def test_months_shift_over_years() -> None:
    assert [periods.shift("2025-01", n) for n in (-1, 0, 12)] == ["2024-12", "2025-01", "2026-01"]


def test_due_is_the_month_and_what_is_restated_but_nothing_before_the_first() -> None:
    entry = source(restates=[1, 2, 12], first_period="2026-02")
    assert periods.due(entry, "2026-04") == ["2026-02", "2026-03", "2026-04"]
    assert periods.due(entry, "2027-04") == ["2026-04", "2027-02", "2027-03", "2027-04"]
    assert periods.due(entry, "2026-01") == []


def test_since_asks_for_every_month_from_there_once() -> None:
    entry = source(restates=[1], first_period="2026-02")
    assert periods.due(entry, "2026-04", "2025-12") == ["2026-02", "2026-03", "2026-04"]
    assert periods.due(source(), "2026-04", "2026-04") == ["2026-04"]
    with pytest.raises(ValueError, match="since is no month"):
        periods.due(entry, "2026-04", "2026-3")


def test_a_source_of_one_delivery_is_asked_for_its_first_month() -> None:
    entry = source(cadence="once", first_period="2026-02", restates=[1])
    assert periods.due(entry, "2026-09", "2026-01") == ["2026-02"]
    assert periods.due(entry, "2026-01") == []


def test_a_month_is_asked_for_on_its_due_day_then_daily_then_no_more() -> None:
    entry = source(available_day=16)
    noon = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)
    assert periods.ask_again(entry, "2026-03", noon) == dt.datetime(2026, 4, 16, 6, tzinfo=dt.UTC)
    late = noon.replace(day=20)
    assert periods.ask_again(entry, "2026-03", late) == late + dt.timedelta(days=1)
    assert periods.ask_again(entry, "2026-03", noon.replace(day=27)) is None


def test_a_source_that_is_asked_daily_waits_for_nothing_and_is_telemetry() -> None:
    entry = source(cadence="daily", kind="telemetry", restates=[1])
    assert periods.ask_again(entry, "2026-03", dt.datetime(2026, 3, 9, tzinfo=dt.UTC)) is None
    assert periods.due(entry, "2026-03") == ["2026-02", "2026-03"]
    with pytest.raises(ValueError, match="cadence 'daily' is for sources of kind 'telemetry'"):
        source(cadence="daily")
