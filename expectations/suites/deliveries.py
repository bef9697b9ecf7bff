"""One row per current delivery, whatever the source."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, not_empty

# A few faulty lines are life; more than one in ten and the document is not what it should be.
CRITICAL_SHARE, WARNING_SHARE, WARNING_SHARE_REGISTER = 0.10, 0.01, 0.05


def suite(kind: str) -> list[Any]:
    """The suite of a source's deliveries; lost telemetry is a gap, anything else without rows is a fault."""
    tolerated = WARNING_SHARE_REGISTER if kind == "register" else WARNING_SHARE
    return [
        not_empty("deliveries", "drop or fetch the source's documents", "warning"),
        between(
            "rows_accepted",
            1,
            None,
            "look at the delivery: it brought no row",
            "warning" if kind == "telemetry" else "critical",
        ),
        between(
            "share_rejected", 0, CRITICAL_SHARE, "see the rejects and correct the document at its source"
        ),
        between(
            "share_rejected",
            0,
            tolerated,
            "see the rejects and correct the document at its source",
            "warning",
        ),
    ]
