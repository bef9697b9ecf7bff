"""Boavizta rows, before they are used."""

from __future__ import annotations

from typing import Any

from expectations.suites._claims import between, filled, not_empty


def suite() -> list[Any]:
    """The suite of the typed rows."""
    remedy = "fetch the data set again and compare with the published one"
    return [
        not_empty("data set", "fetch the data set again"),
        filled("manufacturer", remedy),
        filled("gwp_total_kg_co2e", remedy),
        between("gwp_total_kg_co2e", 1, 50_000, remedy, "warning", mostly=0.99),
        between("gwp_use_ratio", 0, 1, remedy),
    ]
