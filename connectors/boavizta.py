"""Boavizta's environmental footprint data set: one CSV row per product (ODbL 1.0, attribute Boavizta)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches, number
from connectors._csv import rows
from connectors._http import request

NUMBERS = {
    # column: (typed name, largest plausible value). Ratios are shares of the whole-life figure.
    "gwp_total": ("gwp_total_kg_co2e", 1e6),
    "gwp_use_ratio": ("gwp_use_ratio", 1.0),
    "gwp_manufacturing_ratio": ("gwp_manufacturing_ratio", 1.0),
    "gwp_transport_ratio": ("gwp_transport_ratio", 1.0),
    "gwp_eol_ratio": ("gwp_eol_ratio", 1.0),
    "gwp_error_ratio": ("gwp_error_ratio", 100.0),
    "lifetime": ("lifetime_years", 50.0),
}
TEXTS = ("manufacturer", "name", "category", "subcategory", "report_date", "sources")


class Connector(base.Connector):
    """The published CSV; ``fetch`` takes it from the URL in the connection's host."""

    SCHEMA = pa.schema(
        [("document_row", pa.int64())]
        + [(name, pa.string()) for name in TEXTS]
        + [(name, pa.float64()) for name, _ in NUMBERS.values()]
    )

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Ask once for the whole file."""
        for name in source.requests:
            body = request("GET", secrets.host)
            yield base.Document(body, "boavizta-data-us.csv", name, options=source.options_for(name))

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read the data set; a row without a whole-life figure is a reject."""
        return batches(_rows(document), self.SCHEMA)


def _rows(document: base.Document) -> Iterator[dict[str, Any] | base.Reject]:
    for row, text, cells in rows(document, ",", {*NUMBERS, *TEXTS}):
        if isinstance(cells, base.Reject):
            yield cells
            continue
        try:
            yield {"document_row": row} | _product(cells)
        except RowError as error:
            yield error.reject(row, text)


def _product(cells: dict[str, str]) -> dict[str, Any]:
    texts: dict[str, Any] = {name: cells[name].strip() or None for name in TEXTS}
    numbers = {
        name: number(column, cells[column], minimum=0, maximum=top) for column, (name, top) in NUMBERS.items()
    }
    if not texts["manufacturer"] or not texts["name"]:
        raise RowError("name", cells["name"], "a product needs maker and name", "leave the row out")
    if numbers["gwp_total_kg_co2e"] is None:
        raise RowError("gwp_total", "", "is empty", "leave the row out: it has no footprint")
    return texts | numbers


connector = Connector()
