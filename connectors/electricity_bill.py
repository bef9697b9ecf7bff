"""Electricity bills: one CSV row per invoice line, in the supplier's or the organization's own layout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches, number
from connectors._files import fetch_files
from connectors._mapped_csv import Fields, read

# A site of 130 MW running a whole month; above it the unit is Wh, not kWh.
MAX_KWH = 1e8
TRUE_WORDS = {"1", "true", "yes", "oui", "o", "y", "avoir", "credit note", "credit"}


class Connector(base.Connector):
    """Bills dropped as files or fetched from a folder; see ``docs/sources/electricity_bill.md``."""

    SCHEMA = pa.schema([
        ("document_row", pa.int64()), ("supplier", pa.string()), ("invoice_number", pa.string()),
        ("invoice_line", pa.string()), ("meter_id", pa.string()), ("period_from", pa.date32()),
        ("period_to", pa.date32()), ("consumption_kwh", pa.float64()), ("reading_type", pa.string()),
        ("amount", pa.float64()), ("currency", pa.string()), ("is_credit_note", pa.bool_()),
    ])  # fmt: skip

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Read the period's files from the connection's folder or bucket."""
        return fetch_files(source, period, secrets)

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one file; ``period_to`` becomes the first day that is not covered."""
        required = {"invoice_number", "meter_id", "period_from", "period_to", "consumption_kwh"}
        inclusive = document.options.get("period_to", "exclusive") == "inclusive"

        def read_row(row: int, fields: Fields) -> dict[str, Any]:
            return _line(row, fields, inclusive)

        return batches(read(document, required, read_row), self.SCHEMA)


def _line(row: int, fields: Fields, inclusive: bool) -> dict[str, Any]:
    credit = (fields.text("is_credit_note") or "").lower() in TRUE_WORDS
    first, last = fields.date("period_from"), fields.date("period_to")
    if first is None or last is None:
        raise RowError(
            "period_from", "", "a bill needs both ends of its period", "fill them in at the source"
        )
    after = last + dt.timedelta(days=1) if inclusive else last
    if after <= first:
        raise RowError(
            "period_to", last, f"is not after period_from {first}", "correct the dates, or options.period_to"
        )
    kwh = number(
        "consumption_kwh",
        fields.need("consumption_kwh"),
        decimal=fields.decimal,
        minimum=-MAX_KWH,
        maximum=MAX_KWH,
    )
    if kwh is None or (kwh < 0) != credit and kwh != 0:
        raise RowError("consumption_kwh", kwh, "only a credit note may be negative, and it must be",
                       "mark the line as a credit note (is_credit_note) or correct its sign")  # fmt: skip
    return {
        "supplier": fields.text("supplier"),
        "invoice_number": fields.need("invoice_number"),
        "invoice_line": fields.text("invoice_line") or str(row),
        "meter_id": fields.need("meter_id"),
        "period_from": first,
        "period_to": after,
        "consumption_kwh": kwh,
        "reading_type": fields.text("reading_type"),
        "amount": number("amount", fields.text("amount"), decimal=fields.decimal),
        "currency": fields.text("currency"),
        "is_credit_note": credit,
    }


connector = Connector()
