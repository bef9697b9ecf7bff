"""Refrigerant log lines, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, filled, not_empty

# A large chiller's whole charge; more in one line is grams, or a whole park in one row.
MAX_LINE_KG = 2_000


def suite() -> list[Any]:
    """The suite of the typed rows."""
    return [
        not_empty("refrigerant log", "drop the log again", "warning"),
        *(
            filled(column, "fill it in at the source")
            for column in ("equipment_id", "refrigerant", "event_date", "event", "quantity_kg")
        ),
        between("quantity_kg", 0, MAX_LINE_KG, "check the unit: kilograms, not grams", "warning"),
    ]
