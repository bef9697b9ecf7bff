"""Which month a run is about, and which months it asks a source for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from footing.config_models import SourceEntry

PERIOD = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")
# How long after its due day a month is still waited for; then the run ends and coverage shows it as missing.
GRACE = dt.timedelta(days=10)
# A month is closed on the 25th of the next: providers publish by the 22nd at the latest.
CLOSE_DAY = 25


def period_of(conf: Mapping[str, Any] | None, partition_key: str | None, data_interval_start: Any) -> str:
    """The run's month, ``YYYY-MM``: ``conf["period"]``, else the partition key, else the data interval's start.

    Raises
    ------
    ValueError
        When the run knows none, or writes it otherwise.
    """
    given = (conf or {}).get("period") or partition_key
    period = str(given) if given else f"{data_interval_start:%Y-%m}" if data_interval_start else ""
    return checked(period, "this run has no month")


def checked(period: str, fault: str) -> str:
    """The same month, or an error that says how one is written."""
    if not PERIOD.match(period):
        raise ValueError(
            f"{fault} (found {period!r}): "
            'give conf {"period": "YYYY-MM", "since": "YYYY-MM"} or a data interval'
        )
    return period


def shift(period: str, months: int) -> str:
    """The month some months later (or earlier)."""
    index = int(period[:4]) * 12 + int(period[5:]) - 1 + months
    return f"{index // 12}-{index % 12 + 1:02d}"


def due(source: SourceEntry, period: str, since: str | None = None) -> list[str]:
    """The months to ask for in a run of ``period``.

    It and those the source restates, with ``since`` all from there; a source of one delivery is asked for its first
    month alone.
    """
    if source.cadence == "once":
        return [source.first_period] if period >= source.first_period else []
    wanted = {period, *(shift(period, -back) for back in source.restates)}
    month = max(checked(since, "since is no month"), source.first_period) if since else period
    while month <= period:
        wanted.add(month)
        month = shift(month, 1)
    return sorted(p for p in wanted if p >= source.first_period)


def on_day(period: str, day: int) -> dt.datetime:
    """Six in the morning, UTC, on a day of the month after ``period``."""
    return dt.datetime.fromisoformat(f"{shift(period, 1)}-{day:02d}T06:00:00+00:00")


def ask_again(source: SourceEntry, period: str, now: dt.datetime) -> dt.datetime | None:
    """When to ask for a month that is not out yet: its due day, then daily; none once nobody should wait any more.

    A source that is asked daily waits for nothing: tomorrow's run asks again.
    """
    if source.cadence == "daily":
        return None
    available = on_day(period, source.available_day)
    if now < available:
        return available
    return now + dt.timedelta(days=1) if now < available + GRACE else None
