"""Which month a run is about, and which months it asks a source for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from footing.config import SourceEntry

PERIOD = re.compile(r"^\d{4}-(0[1-9]|1[0-2])$")


def period_of(conf: Mapping[str, Any] | None, partition_key: str | None, data_interval_start: Any) -> str:
    """The run's month, ``YYYY-MM``: ``conf["period"]``, else the partition key, else the data interval's start.

    Raises
    ------
    ValueError
        When the run knows none, or writes it otherwise.
    """
    given = (conf or {}).get("period") or partition_key
    period = str(given) if given else f"{data_interval_start:%Y-%m}" if data_interval_start else ""
    if not PERIOD.match(period):
        raise ValueError(
            f'this run has no month (found {period!r}): give conf {{"period": "YYYY-MM"}} or a data interval'
        )
    return period


def shift(period: str, months: int) -> str:
    """The month some months later (or earlier)."""
    index = int(period[:4]) * 12 + int(period[5:]) - 1 + months
    return f"{index // 12}-{index % 12 + 1:02d}"


def due(source: SourceEntry, period: str, since: str | None = None) -> list[str]:
    """The months to ask for in a run of ``period``: it, those the source restates, and with ``since`` all from there."""
    if source.cadence == "once":
        return [source.first_period] if period >= source.first_period else []
    wanted = {period, *(shift(period, -back) for back in source.restates)}
    month = max(since, source.first_period) if since else period
    while month <= period:
        wanted.add(month)
        month = shift(month, 1)
    return sorted(p for p in wanted if p >= source.first_period)
