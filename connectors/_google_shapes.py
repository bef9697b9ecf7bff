"""The shapes in which Google's Carbon Footprint table comes: nested, with dotted names, and undivided before 2022."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from typing import Any

from connectors import base

TEXTS = {
    "billing_account_id": "billing_account_id",
    "project.id": "project_id",
    "project.number": "project_number",
    "service.id": "service_id",
    "service.description": "service_description",
    "location.location": "location",
    "location.region": "region",
    "carbon_model_version": "carbon_model_version",
}
NUMBERS = {
    "carbon_footprint_kgCO2e.scope1": "scope1_kg_co2e",
    "carbon_footprint_kgCO2e.scope2.location_based": "scope2_location_kg_co2e",
    "carbon_footprint_kgCO2e.scope2.market_based": "scope2_market_kg_co2e",
    "carbon_footprint_kgCO2e.scope3": "scope3_kg_co2e",
    "carbon_footprint_total_kgCO2e.location_based": "total_location_kg_co2e",
    "carbon_footprint_total_kgCO2e.market_based": "total_market_kg_co2e",
}
# Before 2022 the table held one FLOAT for all scopes; tables made then keep the column.
UNDIVIDED = "carbon_footprint_kgCO2e"
# Deprecated in August 2025 and null since. They stand apart from emissions and never become one.
OFFSETS = {
    "carbon_footprint_total_kgCO2e.after_offsets": "after_offsets_kg_co2e",
    "carbon_offsets_kgCO2e": "carbon_offsets_kg_co2e",
}
REQUIRED = {"usage_month", *TEXTS, *NUMBERS}
UNDIVIDED_REQUIRED = {"usage_month", *TEXTS, UNDIVIDED} - {"carbon_model_version"}


def columns_of(names: Iterable[str]) -> tuple[set[str], set[str]]:
    """Give the columns that a table with these names must have, and all that it may have."""
    if UNDIVIDED in set(names):
        return UNDIVIDED_REQUIRED, UNDIVIDED_REQUIRED | set(OFFSETS) | {"carbon_model_version"}
    return REQUIRED, REQUIRED | set(OFFSETS)


def columns_of_header(line: str) -> tuple[set[str], set[str]]:
    """Give the same for a CSV header."""
    return columns_of(name.strip() for name in next(csv.reader([line])))


def flat(entry: Mapping[str, Any], name: str, row: int) -> dict[str, Any]:
    """Give a nested or dotted row under its dotted names.

    Raises
    ------
    ParseError
        When a field is missing or unknown: a renamed one would turn into nothing.
    """
    cells: dict[str, Any] = {}
    stack: list[tuple[str, Any]] = list(entry.items())
    while stack:
        key, value = stack.pop()
        if isinstance(value, Mapping):
            stack.extend((f"{key}.{inner}", deep) for inner, deep in value.items())
        else:
            cells[key] = value
    for parent in ("project", "location", "service"):
        if entry.get(parent, "absent") is None:
            cells.pop(parent)
            cells |= {key: None for key in TEXTS if key.startswith(f"{parent}.")}
    required, known = columns_of(cells)
    missing, unknown = sorted(required - set(cells)), sorted(set(cells) - known)
    if missing or unknown:
        what = f"field {missing[0]!r} is missing" if missing else f"field {unknown[0]!r} is unknown"
        raise base.ParseError(
            f"{name}, row {row}: {what}; the export's shape has changed: compare with docs/sources/google.md"
        )
    return {key: None if value is None else str(value) for key, value in cells.items()}
