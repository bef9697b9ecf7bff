"""Fuel log lines, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, filled, not_empty

# A year of gas of a large building in kWh; the organization may raise it.
MAX_LINE = 20_000_000
MAX_DAYS = 400


def suite() -> list[Any]:
    """The suite of the typed rows; ``days`` is derived in ``columns``."""
    return [
        not_empty("fuel log", "drop the log again", "warning"),
        *(filled(column, "fill it in at the source") for column in ("equipment_id", "fuel", "period_from")),
        filled("quantity", "fill in how much was burnt"),
        between("quantity", -MAX_LINE, MAX_LINE, "check the unit: L, kWh, m3 or kg", "warning"),
        between("days", 1, MAX_DAYS, "look at the dates: a line covers up to a year", "warning"),
    ]


def columns(rows: Any) -> Any:
    """Add what the suite looks at."""
    import pandas as pd

    return rows.assign(days=(pd.to_datetime(rows["period_to"]) - pd.to_datetime(rows["period_from"])).dt.days)
