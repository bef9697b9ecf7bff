"""Jobs around changes of the clock and ends of months: what ran is as long as Slurm says, in UTC."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors import load
from connectors.base import Document
from connectors.slurm_sacct import COLUMNS

HOUR = dt.timedelta(hours=1)
# Days on which the zone's clock changes, and the month's end beside it.
CHANGES = [
    ("Europe/Paris", dt.datetime(2026, 10, 24, 12)), ("Europe/Paris", dt.datetime(2026, 3, 28, 12)),
    ("America/New_York", dt.datetime(2026, 10, 31, 12)), ("America/New_York", dt.datetime(2026, 3, 7, 12)),
]  # fmt: skip


def parsed(zone: str, start: dt.datetime, seconds: int, elapsed: int) -> dict:
    """One job that ran from a UTC instant on, as sacct prints it in a zone, read by the connector."""
    local = [
        at.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M:%S")
        for at in (start, start + dt.timedelta(seconds=seconds))
    ]
    cells = dict.fromkeys(COLUMNS.split(","), "")
    cells |= {"JobID": "7", "JobIDRaw": "7", "State": "COMPLETED", "Submit": local[0], "Start": local[0],
              "End": local[1], "ElapsedRaw": str(elapsed), "AllocCPUS": "1", "NNodes": "1"}  # fmt: skip
    text = f"{COLUMNS}\n{'|'.join(cells.values())}\n".replace(",", "|", COLUMNS.count(","))
    document = Document(text.encode(), "sacct.psv", "c", options={"timezone": zone})
    [found] = load("slurm_sacct").parse(document)
    assert not found.rejects
    return found.rows.to_pylist()[0]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(CHANGES), st.integers(0, 36 * 3600), st.integers(0, 48 * 3600))
def test_a_job_lasts_as_long_as_slurm_counted_whatever_the_clock_did(change, after, seconds) -> None:
    zone, noon = change
    start = noon + dt.timedelta(seconds=after)
    row = parsed(zone, start, seconds, seconds)
    assert (row["end_at"] - row["start_at"]).total_seconds() == seconds
    # Only a job that lay whole in one of the two same hours is an hour off: nothing printed tells which one it was.
    assert row["start_at"] in (start, start - HOUR)
    assert row["start_at"] == start or seconds < 3600


@pytest.mark.parametrize(
    ("start", "seconds"),
    [
        (dt.datetime(2026, 10, 24, 23, 30), 5400),  # ends at 02:00 of winter time, the second one
        (dt.datetime(2026, 10, 25, 1, 30), 7200),  # starts at the second 02:30
    ],
)
def test_the_second_of_two_same_hours_is_told_by_what_the_job_lasted(start, seconds) -> None:
    row = parsed("Europe/Paris", start, seconds, seconds)
    assert (row["start_at"], row["end_at"]) == (start, start + dt.timedelta(seconds=seconds))


def test_a_suspended_job_keeps_both_its_ends() -> None:
    start = dt.datetime(2026, 10, 24, 20)
    row = parsed("Europe/Paris", start, 10 * 3600, 3 * 3600)
    assert (row["start_at"], row["end_at"]) == (start, start + 10 * HOUR)
