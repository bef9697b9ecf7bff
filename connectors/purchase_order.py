"""Purchase orders and their credit notes: one CSV row per order line, in the system's own layout (SAP, Coupa, plain)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches, number, whole
from connectors._device_lines import CLASSES, FIELDS, MAX_QUANTITY, Words, common
from connectors._files import fetch_files
from connectors._mapped_csv import Fields, read

REQUIRED = {"order_id", "order_line", "order_date", "device_class", "model", "quantity"}
# Lines of the same order that are no device of ours: kept, counted, and left to the purchases of services.
NOT_HARDWARE = "not_hardware"


class Connector(base.Connector):
    """An export of order lines, dropped as a file or fetched from a folder; see ``docs/sources/purchase_order.md``."""

    SCHEMA = pa.schema([
        ("document_row", pa.int64()), ("order_id", pa.string()), ("order_line", pa.string()),
        ("record_id", pa.string()), ("order_date", pa.date32()), ("delivery_date", pa.date32()),
        ("in_service_date", pa.date32()), ("supplier", pa.string()), ("sku", pa.string()), *FIELDS,
        ("quantity", pa.int64()), ("unit_price", pa.float64()), ("price_unit", pa.float64()),
        ("amount", pa.float64()), ("project", pa.string()), ("serial_number", pa.string()),
    ])  # fmt: skip

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Read the export from the connection's folder or bucket."""
        return fetch_files(source, period, secrets)

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one export; a credit note is a line with a negative quantity, whichever way the system writes it."""
        words = Words(document.options, (*CLASSES, NOT_HARDWARE))
        credits = {str(word).strip().lower() for word in document.options.get("credit_words", ())}

        def read_row(row: int, fields: Fields) -> dict[str, Any]:
            return _line(fields, words, credits)

        return batches(read(document, REQUIRED, read_row), self.SCHEMA)


def _line(fields: Fields, words: Words, credits: set[str]) -> dict[str, Any]:
    ordered = fields.date("order_date")
    if ordered is None:
        raise RowError(
            "order_date", "", "is empty", "fill it in: the order counts in the month it was placed"
        )
    quantity = whole(
        "quantity",
        fields.need("quantity"),
        decimal=fields.decimal,
        minimum=-MAX_QUANTITY,
        maximum=MAX_QUANTITY,
    )
    if not quantity:
        raise RowError("quantity", quantity, "is nothing", "give the pieces ordered, or leave the line out")
    amount = number("amount", fields.text("amount"), decimal=fields.decimal)
    is_credit = (fields.text("is_credit") or "").lower() in credits or (amount or 0) < 0
    delivered, in_service = fields.date("delivery_date"), fields.date("in_service_date")
    return common(fields, words) | {
        "order_id": fields.need("order_id"),
        "order_line": fields.need("order_line"),
        "record_id": fields.text("record_id"),
        "order_date": ordered,
        "delivery_date": delivered,
        "in_service_date": in_service,
        "supplier": fields.text("supplier"),
        "sku": fields.text("sku"),
        "quantity": -abs(quantity) if is_credit else quantity,
        "unit_price": number("unit_price", fields.text("unit_price"), decimal=fields.decimal),
        "price_unit": number("price_unit", fields.text("price_unit"), decimal=fields.decimal, minimum=1),
        "amount": amount,
        "project": fields.text("project"),
        "serial_number": fields.text("serial_number"),
    }


connector = Connector()
