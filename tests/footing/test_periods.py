"""Which month a run is about."""

import datetime as dt

import pytest

from footing.config import SourceEntry
from footing.periods import due, period_of, shift

MONTHLY = SourceEntry(
    id="s",
    title="S",
    connector="c",
    kind="statement",
    requests=["r"],
    first_period="2025-01",
    restates=[1, 3],
)
ONCE = SourceEntry(
    id="s", title="S", connector="c", kind="register", cadence="once", requests=["r"], first_period="2025-01"
)


def test_the_month_comes_from_conf_then_key_then_interval():
    start = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    assert period_of({"period": "2026-10"}, "2026-11", start) == "2026-10"
    assert period_of({}, "2026-11", start) == "2026-11"
    assert period_of(None, None, start) == "2026-09"


@pytest.mark.parametrize("bad", [{}, {"period": "2026-13"}, {"period": "10/2026"}])
def test_a_run_without_a_month_fails_with_the_remedy(bad):
    with pytest.raises(ValueError, match="YYYY-MM"):
        period_of(bad, None, None)


def test_a_run_asks_for_its_month_and_those_restated_but_not_before_the_first():
    assert due(MONTHLY, "2025-06") == ["2025-03", "2025-05", "2025-06"]
    assert due(MONTHLY, "2025-02") == ["2025-01", "2025-02"]
    assert due(MONTHLY, "2025-03", since="2024-01") == ["2025-01", "2025-02", "2025-03"]
    assert due(ONCE, "2026-10") == ["2025-01"] and due(ONCE, "2024-12") == []


def test_shift_crosses_years():
    assert (shift("2026-01", -1), shift("2025-11", 3)) == ("2025-12", "2026-02")
