"""Asset registers: one CSV row per device or lot, in the register's own layout (ServiceNow, Snipe-IT, plain)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches, number, whole
from connectors._device_lines import FIELDS, MAX_QUANTITY, Words, common
from connectors._files import fetch_files
from connectors._mapped_csv import Fields, read

REQUIRED = {"asset_tag", "device_class", "model", "in_service_date"}


class Connector(base.Connector):
    """A register's snapshot, dropped as a file or fetched from a folder; see ``docs/sources/asset_register.md``."""

    SCHEMA = pa.schema([
        ("document_row", pa.int64()), ("asset_tag", pa.string()), ("serial_number", pa.string()), *FIELDS,
        ("quantity", pa.int64()), ("order_id", pa.string()), ("order_line", pa.string()),
        ("order_date", pa.date32()), ("in_service_date", pa.date32()), ("retired_date", pa.date32()),
        ("status", pa.string()), ("price", pa.float64()),
    ])  # fmt: skip

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Read the snapshot from the connection's folder or bucket."""
        return fetch_files(source, period, secrets)

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one register; ``options.classes`` maps its own words to our device classes."""
        words = Words(document.options)

        def read_row(row: int, fields: Fields) -> dict[str, Any]:
            return _asset(fields, words)

        return batches(read(document, REQUIRED, read_row), self.SCHEMA)


def _asset(fields: Fields, words: Words) -> dict[str, Any]:
    in_service = fields.date("in_service_date")
    if in_service is None:
        raise RowError(
            "in_service_date", "", "is empty", "fill it in: a device counts from the month it entered service"
        )
    retired = fields.date("retired_date")
    if retired and retired < in_service:
        raise RowError(
            "retired_date",
            retired,
            f"is before in_service_date {in_service}",
            "correct the dates at the source",
        )
    quantity = whole(
        "quantity", fields.text("quantity"), decimal=fields.decimal, minimum=1, maximum=MAX_QUANTITY
    )
    return common(fields, words) | {
        "asset_tag": fields.need("asset_tag"),
        "serial_number": fields.text("serial_number"),
        "quantity": quantity or 1,
        "order_id": fields.text("order_id"),
        "order_line": fields.text("order_line"),
        "order_date": fields.date("order_date"),
        "in_service_date": in_service,
        "retired_date": retired,
        "status": fields.text("status"),
        "price": number("price", fields.text("price"), decimal=fields.decimal, minimum=0),
    }


connector = Connector()
