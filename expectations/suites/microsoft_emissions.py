"""Rows of Microsoft's emissions exports, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, filled, not_empty, one_of


def suite() -> list[Any]:
    """The suite of the typed rows."""
    remedy = "export the month again"
    return [
        not_empty("statement", "check the billing account and the month"),
        *(filled(column, remedy) for column in ("month", "subscription_id", "service", "emissions_t_co2e")),
        one_of("scope", ["1", "2", "3"], remedy),
        between("emissions_t_co2e", 0, 1000, "check the unit: the export is in tonnes", "warning"),
    ]
