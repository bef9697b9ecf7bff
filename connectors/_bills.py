"""What every supplier's bill line has: meter, period, quantity, price, and whether it takes an earlier line back."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa

from connectors._batches import RowError, number
from connectors._mapped_csv import Fields

TRUE_WORDS = {"1", "true", "yes", "oui", "o", "y", "avoir", "credit note", "credit"}


def schema(quantity: str) -> pa.Schema:
    """The columns of bill rows; ``quantity`` names the billed amount with its unit."""
    return pa.schema([
        ("document_row", pa.int64()), ("supplier", pa.string()), ("invoice_number", pa.string()),
        ("invoice_line", pa.string()), ("meter_id", pa.string()), ("period_from", pa.date32()),
        ("period_to", pa.date32()), (quantity, pa.float64()), ("reading_type", pa.string()),
        ("amount", pa.float64()), ("currency", pa.string()), ("is_credit_note", pa.bool_()),
    ])  # fmt: skip


def required(quantity: str) -> set[str]:
    """The columns that a mapping must name."""
    return {"invoice_number", "meter_id", "period_from", "period_to", quantity}


def line(row: int, fields: Fields, quantity: str, maximum: float, inclusive: bool) -> dict[str, Any]:
    """Read one line; ``period_to`` becomes the first day that is not covered.

    Raises
    ------
    RowError
        When the period is empty or turned round, or a negative quantity is no credit note (or the reverse).
    """
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
    billed = number(
        quantity, fields.need(quantity), decimal=fields.decimal, minimum=-maximum, maximum=maximum
    )
    if billed is None or (billed < 0) != credit and billed != 0:
        raise RowError(quantity, billed, "only a credit note may be negative, and it must be",
                       "mark the line as a credit note (is_credit_note) or correct its sign")  # fmt: skip
    return {
        "supplier": fields.text("supplier"),
        "invoice_number": fields.need("invoice_number"),
        "invoice_line": fields.text("invoice_line") or str(row),
        "meter_id": fields.need("meter_id"),
        "period_from": first,
        "period_to": after,
        quantity: billed,
        "reading_type": fields.text("reading_type"),
        "amount": number("amount", fields.text("amount"), decimal=fields.decimal),
        "currency": fields.text("currency"),
        "is_credit_note": credit,
    }
