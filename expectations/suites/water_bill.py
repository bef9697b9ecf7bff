"""Water bill lines, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, filled, not_empty

# A line of a building's meter; the organization may raise it for large plants.
MAX_LINE_M3 = 100_000
MAX_DAYS = 200


def suite() -> list[Any]:
    """The suite of the typed rows; ``days`` is derived in ``columns``."""
    return [
        not_empty("bills", "drop the water bills of the month"),
        *(
            filled(column, "ask the supplier for the missing field")
            for column in ("meter_id", "period_from", "period_to")
        ),
        filled("water_m3", "ask the supplier for the consumption"),
        between("water_m3", -MAX_LINE_M3, MAX_LINE_M3, "check the unit: cubic metres, not litres", "warning"),
        between("days", 1, MAX_DAYS, "look at the dates: a line covers up to half a year", "warning"),
    ]


def columns(rows: Any) -> Any:
    """Add what the suite looks at."""
    import pandas as pd

    return rows.assign(days=(pd.to_datetime(rows["period_to"]) - pd.to_datetime(rows["period_from"])).dt.days)
