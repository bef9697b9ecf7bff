"""A period (``YYYY-MM``) as days, for sources that are asked for a month."""

from __future__ import annotations

import datetime as dt

from connectors.base import NotYetPublished


def bounds(period: str) -> tuple[dt.date, dt.date]:
    """Give the month's first day, and the first day after it."""
    first = dt.date.fromisoformat(f"{period}-01")
    return first, (first + dt.timedelta(days=31)).replace(day=1)


def wait_for_its_end(period: str, source_id: str) -> None:
    """Stop while the month runs: a part of it would look like the whole.

    Raises
    ------
    NotYetPublished
        Until the month has ended in UTC.
    """
    after = bounds(period)[1]
    if dt.datetime.now(dt.UTC).date() < after:
        raise NotYetPublished(f"{source_id}: {period} has not ended; ask from {after} on")
