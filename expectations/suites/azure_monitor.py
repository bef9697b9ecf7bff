"""GPU energy of Azure machine learning, before it is used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, filled, not_empty

# Eight boards of 1,400 W for a minute, in joules.
MAX_JOULES = 8 * 1_400 * 60


def suite() -> list[Any]:
    """The suite of the typed rows."""
    return [
        not_empty("telemetry", "the service keeps 93 days: ask earlier; was anything run?", "warning"),
        filled("minute_start", "fetch the month again"),
        filled("instance_id", "fetch the month again"),
        between(
            "energy_j",
            0,
            MAX_JOULES,
            "check the resource: an instance cannot use this in a minute",
            "warning",
        ),
    ]
