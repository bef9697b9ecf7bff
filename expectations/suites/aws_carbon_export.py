"""AWS carbon export rows, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites import _aws


def suite() -> list[Any]:
    """The suite of the typed rows."""
    return _aws.suite()


def columns(rows: Any) -> Any:
    """Add what the suite looks at."""
    return _aws.columns(rows)
