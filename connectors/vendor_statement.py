"""A vendor's own statement of emissions for a bought service: one CSV row per service, period, scope and basis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches, number
from connectors._files import fetch_files
from connectors._mapped_csv import Fields, read
from connectors._purchases import category_of

# A customer's share of a software service; ten thousand tonnes are grams read as kilograms.
MAX_KG = 1e7
SCOPES = ("1", "2", "3", "unsplit")
BASES = ("location", "market", "both")


class Connector(base.Connector):
    """Statements dropped as files or fetched from a folder; see ``docs/sources/invoices.md``."""

    SCHEMA = pa.schema([
        ("document_row", pa.int64()), ("supplier", pa.string()), ("service", pa.string()), ("category", pa.string()),
        ("period_from", pa.date32()), ("period_to", pa.date32()), ("scope", pa.string()), ("basis", pa.string()),
        ("emissions_kg_co2e", pa.float64()), ("method", pa.string()),
    ])  # fmt: skip

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Read the statement's files from the connection's folder or bucket."""
        return fetch_files(source, period, secrets)

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one statement; the last day of its period is the last one covered."""
        required = {"supplier", "period_from", "period_to", "emissions_kg_co2e"}

        def read_row(row: int, fields: Fields) -> dict[str, Any]:
            return _line(fields) | {"category": category_of(fields.text("category"), document.options)}

        return batches(read(document, required, read_row), self.SCHEMA)


def _line(fields: Fields) -> dict[str, Any]:
    first, last = fields.date("period_from"), fields.date("period_to")
    if first is None or last is None or last < first:
        raise RowError("period_to", last, f"is not on or after period_from {first}",
                       "fill in both ends: first and last day covered")  # fmt: skip
    fields.need("emissions_kg_co2e")
    return {
        "supplier": fields.need("supplier"),
        "service": fields.text("service") or "all",
        "period_from": first,
        "period_to": last + dt.timedelta(days=1),
        "scope": _word("scope", fields, SCOPES, "unsplit"),
        "basis": _word("basis", fields, BASES, "location"),
        "emissions_kg_co2e": number("emissions_kg_co2e", fields.text("emissions_kg_co2e"), decimal=fields.decimal,
                                    minimum=0, maximum=MAX_KG),
        "method": fields.text("method"),
    }  # fmt: skip


def _word(name: str, fields: Fields, known: tuple[str, ...], default: str) -> str:
    word = (fields.text(name) or default).lower().removeprefix("scope ").removesuffix("-based")
    if word not in known:
        raise RowError(
            name, word, f"is not one of {', '.join(known)}", "write one of them, or leave it empty"
        )
    return word


connector = Connector()
