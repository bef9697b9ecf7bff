"""Refrigerant work: one CSV row per fill, recovery or count of a cooling machine, in the log's own layout."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches, number
from connectors._files import fetch_files
from connectors._mapped_csv import Fields, read

# The largest chillers hold a few tonnes; above it the unit is grams.
MAX_KG = 20_000
EVENTS = ("top_up", "charged", "recovered", "counted")


class Connector(base.Connector):
    """Logs dropped as files or fetched from a folder; see ``docs/sources/refrigerant_log.md``."""

    SCHEMA = pa.schema([
        ("document_row", pa.int64()), ("reference", pa.string()), ("equipment_id", pa.string()),
        ("site_id", pa.string()), ("refrigerant", pa.string()), ("event_date", pa.date32()),
        ("event", pa.string()), ("quantity_kg", pa.float64()),
    ])  # fmt: skip

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Read the period's files from the connection's folder or bucket."""
        return fetch_files(source, period, secrets)

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one file; ``options.events`` and ``options.refrigerants`` map the log's words to ours."""

        def read_row(row: int, fields: Fields) -> dict[str, Any]:
            return _line(fields, document.request)

        required = {"equipment_id", "refrigerant", "date", "event", "quantity_kg"}
        return batches(read(document, required, read_row), self.SCHEMA)


def _line(fields: Fields, request: str) -> dict[str, Any]:
    day = fields.date("date")
    if day is None:
        raise RowError("date", "", "is empty", "fill it in: a leak stands in the month of its day")
    text = fields.need("quantity_kg")
    quantity = number("quantity_kg", text, decimal=fields.decimal, minimum=0, maximum=MAX_KG)
    if quantity is None:
        raise RowError("quantity_kg", text, "is empty", "fill in the kilograms")
    return {
        "reference": fields.text("reference"),
        "equipment_id": fields.need("equipment_id"),
        # A request that names its site needs no column for it.
        "site_id": fields.text("site_id") or request,
        "refrigerant": fields.mapped("refrigerant", "refrigerants"),
        "event_date": day,
        "event": fields.word("event", EVENTS, "events"),
        "quantity_kg": quantity,
    }


connector = Connector()
