"""Asset registers: one CSV row per device or lot, in the register's own layout (ServiceNow, Snipe-IT, plain)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches, number, whole
from connectors._files import fetch_files
from connectors._mapped_csv import Fields, read

# A full rack of accelerators states some tens of tonnes; a thousand tonnes is a wrong unit (g instead of kg).
MAX_EMBODIED_KG = 1e6
CLASSES = ("server", "gpu_server", "storage", "network", "laptop", "monitor", "desktop", "other")


class Connector(base.Connector):
    """A register's snapshot, dropped as a file or fetched from a folder; see ``docs/sources/asset_register.md``."""

    SCHEMA = pa.schema([
        ("document_row", pa.int64()), ("asset_tag", pa.string()), ("serial_number", pa.string()),
        ("device_class", pa.string()), ("manufacturer", pa.string()), ("model", pa.string()),
        ("quantity", pa.int64()), ("order_id", pa.string()), ("order_line", pa.string()),
        ("order_date", pa.date32()), ("in_service_date", pa.date32()), ("retired_date", pa.date32()),
        ("status", pa.string()), ("site_id", pa.string()), ("cost_center", pa.string()),
        ("embodied_kg_co2e", pa.float64()), ("embodied_source", pa.string()), ("price_eur", pa.float64()),
    ])  # fmt: skip

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Read the snapshot from the connection's folder or bucket."""
        return fetch_files(source, period, secrets)

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one register; ``options.classes`` maps its own words to our device classes."""
        words = {str(k).lower(): str(v) for k, v in dict(document.options.get("classes", {})).items()}

        def read_row(row: int, fields: Fields) -> dict[str, Any]:
            return _asset(fields, words)

        required = {"asset_tag", "device_class", "manufacturer", "model", "in_service_date", "site_id"}
        return batches(read(document, required, read_row), self.SCHEMA)


def _asset(fields: Fields, words: dict[str, str]) -> dict[str, Any]:
    word = fields.need("device_class")
    device_class = words.get(word.lower(), word.lower())
    if device_class not in CLASSES:
        raise RowError(
            "device_class",
            word,
            "is no known class",
            f"map it in options.classes to one of {', '.join(CLASSES)}",
        )
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
    quantity = whole("quantity", fields.text("quantity"), minimum=1, maximum=1e6)
    return {
        "asset_tag": fields.need("asset_tag"),
        "serial_number": fields.text("serial_number"),
        "device_class": device_class,
        "manufacturer": fields.need("manufacturer"),
        "model": fields.need("model"),
        "quantity": quantity or 1,
        "order_id": fields.text("order_id"),
        "order_line": fields.text("order_line"),
        "order_date": fields.date("order_date"),
        "in_service_date": in_service,
        "retired_date": retired,
        "status": fields.text("status"),
        "site_id": fields.need("site_id"),
        "cost_center": fields.text("cost_center"),
        "embodied_kg_co2e": number("embodied_kg_co2e", fields.text("embodied_kg_co2e"), decimal=fields.decimal,
                                   minimum=0, maximum=MAX_EMBODIED_KG),
        "embodied_source": fields.text("embodied_source"),
        "price_eur": number("price_eur", fields.text("price_eur"), decimal=fields.decimal),
    }  # fmt: skip


connector = Connector()
