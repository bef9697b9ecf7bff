"""Vendors' own statements of emissions, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, filled, not_empty

# A customer's share of one service and period.
MAX_KG = 1_000_000


def suite() -> list[Any]:
    """The suite of the typed rows."""
    return [
        not_empty("vendor statement", "ask the vendor for the statement"),
        *(filled(column, "ask the vendor") for column in ("supplier", "period_from", "period_to")),
        filled("emissions_kg_co2e", "ask the vendor"),
        between("emissions_kg_co2e", 0, MAX_KG, "check the unit: kilograms", "warning"),
    ]
