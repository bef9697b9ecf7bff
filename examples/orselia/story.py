"""The calendar and the facts that all documents of the bundled organization share. Everything is invented."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

SEED = "orselia-1"
STEP = 900
"""Seconds of a telemetry step; slot ``k`` begins at ``START + k * STEP``, its sample stands at its end."""

START = dt.datetime(2024, 10, 1, tzinfo=dt.UTC)
END = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
SLOTS = int((END - START).total_seconds()) // STEP
SLOTS_PER_DAY = 86_400 // STEP

MONTHS = [f"{2024 + (9 + n) // 12}-{(9 + n) % 12 + 1:02d}" for n in range(25)]
SPIKE = ("2025-04", "2025-05", "2025-06")
LOST = ("lon1", "2026-02")
"""The month whose telemetry is lost: Prometheus answers, but with nothing."""

SENTINEL_MONTH = "2025-11"
TIME_SLICED = (dt.datetime(2026, 5, 11, tzinfo=dt.UTC), dt.datetime(2026, 5, 23, tzinfo=dt.UTC))
"""While it lasts two pods share one A100 of par1."""

NEW_SERVERS = dt.datetime(2025, 3, 24, tzinfo=dt.UTC)
"""The two GPU servers ordered in March 2025 enter service."""


def rng(*names: str) -> random.Random:
    """Make a generator of its own for each part, so that a change in one moves no other."""
    return random.Random("/".join((SEED, *names)))


def slot(when: dt.datetime) -> int:
    """Give the slot that begins at or after ``when``."""
    return -int((START - when).total_seconds() // STEP)


def at(index: int) -> dt.datetime:
    """When a slot begins, UTC."""
    return START + dt.timedelta(seconds=index * STEP)


def month_start(month: str) -> dt.datetime:
    """First instant of a month, UTC."""
    return dt.datetime.fromisoformat(f"{month}-01").replace(tzinfo=dt.UTC)


def month_end(month: str) -> dt.datetime:
    """First instant of the next month, UTC."""
    return (month_start(month) + dt.timedelta(days=32)).replace(day=1)


def month_of(index: int) -> str:
    """Give the UTC month in which a slot begins."""
    return f"{at(index):%Y-%m}"


def write(root: Path, parts: tuple[str, ...], data: bytes) -> None:
    """Write one document below ``root``."""
    path = root.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
