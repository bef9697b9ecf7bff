"""The yearly CSV of AWS's Sustainability console, for the savings that AWS claims; it is no statement to post."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches, number, whole
from connectors._csv import rows
from connectors._files import fetch_files

COLUMNS = {
    "usage_year", "service", "region", "total_lbm_emissions", "total_mbm_emissions", "total_scope_1_emissions_value",
    "total_scope_2_lbm_emissions_value", "total_scope_2_mbm_emissions_value", "total_scope_3_lbm_emissions_value",
    "total_scope_3_mbm_emissions_value", "cfe_savings_value", "model_version",
}  # fmt: skip
UNITS = ("t", "kg")
# A customer's line above a million tonnes a year (or its kilograms): the unit must be wrong.
MAX_SAVINGS = {"t": 1e6, "kg": 1e9}


class Connector(base.Connector):
    """One request is one account; ``options.unit`` says ``t`` or ``kg``, which the file does not."""

    SCHEMA = pa.schema([
        ("document_row", pa.int64()), ("usage_year", pa.int64()), ("service", pa.string()), ("region", pa.string()),
        ("model_version", pa.string()), ("cfe_savings", pa.float64()), ("unit", pa.string()),
    ])  # fmt: skip

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Read the files that a person put where the connection says."""
        return fetch_files(source, period, secrets)

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one file; ``cfe_savings`` stays in ``unit`` of ``options``."""
        unit = document.options.get("unit")
        if unit not in UNITS:
            raise base.ParseError(
                f"{document.name}: options.unit of the source is {unit!r}; set it to t or kg in config/sources.yml, "
                "after comparing one figure with the console"
            )
        return batches(_checked(document, str(unit)), self.SCHEMA)


def _checked(document: base.Document, unit: str) -> Iterator[dict[str, Any] | base.Reject]:
    for row, text, cells in rows(document, ",", COLUMNS, COLUMNS):
        if isinstance(cells, base.Reject):
            yield cells
            continue
        try:
            yield {"document_row": row, "unit": unit} | _line(cells, MAX_SAVINGS[unit])
        except RowError as error:
            yield error.reject(row, text)


def _line(cells: dict[str, str], maximum: float) -> dict[str, Any]:
    year = whole("usage_year", cells["usage_year"], minimum=2019, maximum=2100)
    savings = number("cfe_savings_value", cells["cfe_savings_value"], minimum=0, maximum=maximum)
    if year is None or savings is None:
        raise RowError(
            "usage_year" if year is None else "cfe_savings_value", "", "is empty", "download the file again"
        )
    return {"usage_year": year, "cfe_savings": savings} | {
        name: cells[name] or None for name in ("service", "region", "model_version")
    }


connector = Connector()
