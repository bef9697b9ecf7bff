"""Rows of purchase orders, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, filled, not_empty, one_of
from expectations.suites.asset_register import CLASSES, MAX_EMBODIED, MIN_EMBODIED


def suite() -> list[Any]:
    """The suite of the typed rows."""
    return [
        not_empty("orders", "export the orders again"),
        *(filled(column, "complete the export") for column in ("order_id", "order_line", "order_date", "model", "site_id")),
        one_of("device_class", [*CLASSES, "not_hardware"], "map the class in options.classes"),
        between("quantity", -10_000, 10_000, "check whether the quantity holds a price or a mass", "warning"),
        between("embodied_kg_co2e", MIN_EMBODIED, MAX_EMBODIED, "check the unit of the supplier's figure", "warning"),
    ]  # fmt: skip
