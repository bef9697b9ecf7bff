"""One close at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Busy(Exception):
    """Another close is at work; wait for it to end, then run this one again."""


@contextmanager
def close_lock(work: Path) -> Iterator[None]:
    """Hold the lock of ``work/``; it falls with the process, so a killed close leaves none behind.

    Raises
    ------
    Busy
        When another process holds it.
    """
    work.mkdir(parents=True, exist_ok=True)
    with (work / "close.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy("another close is at work here; wait for it to end, then run this one again") from None
        yield
