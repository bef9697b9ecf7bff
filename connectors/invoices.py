"""Accounts-payable lines of bought services and licences: one CSV row per invoice line, in the ledger's own layout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches, number
from connectors._files import fetch_files
from connectors._mapped_csv import Fields, read
from connectors._purchases import category_of

# No single line of IT services reaches a thousand million; above it the decimal mark is wrong.
MAX_AMOUNT = 1e9
CREDIT_WORDS = {"1", "true", "yes", "oui", "o", "y", "avoir", "credit note", "credit"}


class Connector(base.Connector):
    """Invoice lines dropped as files or fetched from a folder; see ``docs/sources/invoices.md``."""

    SCHEMA = pa.schema([
        ("document_row", pa.int64()), ("supplier", pa.string()), ("invoice_number", pa.string()),
        ("invoice_line", pa.string()), ("invoice_date", pa.date32()), ("category", pa.string()),
        ("description", pa.string()), ("amount_ex_vat", pa.float64()), ("vat", pa.float64()),
        ("currency", pa.string()), ("order_id", pa.string()), ("cost_center", pa.string()), ("project", pa.string()),
    ])  # fmt: skip

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Read the month's files from the connection's folder or bucket."""
        return fetch_files(source, period, secrets)

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one export; ``options.categories`` maps its own words to our purchase categories."""
        required = {"supplier", "invoice_number", "invoice_date", "amount_ex_vat", "currency"}

        def read_row(row: int, fields: Fields) -> dict[str, Any]:
            return _line(row, fields) | {"category": category_of(fields.text("category"), document.options)}

        return batches(read(document, required, read_row), self.SCHEMA)


def _line(row: int, fields: Fields) -> dict[str, Any]:
    dated = fields.date("invoice_date")
    if dated is None:
        raise RowError("invoice_date", "", "is empty", "fill it in: the line counts in its month")
    fields.need("amount_ex_vat")
    amount = _money("amount_ex_vat", fields)
    if (fields.text("is_credit_note") or "").lower() in CREDIT_WORDS and (amount or 0) > 0:
        raise RowError("amount_ex_vat", amount, "is above zero on a credit note",
                       "export credit notes with their sign, as negative amounts")  # fmt: skip
    currency = fields.need("currency").upper()
    if not re.fullmatch("[A-Z]{3}", currency):
        raise RowError("currency", currency, "is no ISO 4217 code", "write it like EUR")
    return {
        "supplier": fields.need("supplier"),
        "invoice_number": fields.need("invoice_number"),
        "invoice_line": fields.text("invoice_line") or f"row {row}",
        "invoice_date": dated,
        "description": fields.text("description"),
        "amount_ex_vat": amount,
        "vat": _money("vat", fields),
        "currency": currency,
        "order_id": fields.text("order_id"),
        "cost_center": fields.text("cost_center"),
        "project": fields.text("project"),
    }


def _money(name: str, fields: Fields) -> float | None:
    return number(name, fields.text(name), decimal=fields.decimal, minimum=-MAX_AMOUNT, maximum=MAX_AMOUNT)


connector = Connector()
