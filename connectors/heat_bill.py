"""Bills of purchased heat, steam and cooling: one CSV row per invoice line, in the supplier's or the organization's own layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches, number
from connectors._bills import check_sign, days, is_credit
from connectors._files import fetch_files
from connectors._mapped_csv import Fields, read

# A district network's largest customer in a month; above it the unit is Wh, not kWh.
MAX_KWH = 1e8
KINDS = ("heat", "steam", "cooling")
KILOWATT_HOURS_PER = {"kWh": 1.0, "MWh": 1000.0, "GJ": 1000 / 3.6, "MJ": 1 / 3.6}


class Connector(base.Connector):
    """Bills dropped as files or fetched from a folder; see ``docs/sources/sites.md``."""

    SCHEMA = pa.schema([
        ("document_row", pa.int64()), ("supplier", pa.string()), ("invoice_number", pa.string()),
        ("meter_id", pa.string()), ("kind", pa.string()), ("period_from", pa.date32()), ("period_to", pa.date32()),
        ("consumption_kwh", pa.float64()), ("amount", pa.float64()), ("currency", pa.string()),
        ("is_credit_note", pa.bool_()),
    ])  # fmt: skip

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Read the period's files from the connection's folder or bucket."""
        return fetch_files(source, period, secrets)

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one file; kWh whatever the unit of the bill."""
        required = {"invoice_number", "meter_id", "period_from", "period_to", "consumption"}

        def read_row(row: int, fields: Fields) -> dict[str, Any]:
            return _line(fields, document.options)

        return batches(read(document, required, read_row), self.SCHEMA)


def _line(fields: Fields, options: Mapping[str, Any]) -> dict[str, Any]:
    credit = is_credit(fields)
    first, after = days(fields, options.get("period_to", "exclusive") == "inclusive")
    return {
        "supplier": fields.text("supplier"),
        "invoice_number": fields.need("invoice_number"),
        "meter_id": fields.need("meter_id"),
        "kind": _kind(fields, options),
        "period_from": first,
        "period_to": after,
        "consumption_kwh": _kwh(fields, options, credit),
        "amount": number("amount", fields.text("amount"), decimal=fields.decimal),
        "currency": fields.text("currency"),
        "is_credit_note": credit,
    }


def _kind(fields: Fields, options: Mapping[str, Any]) -> str:
    written = fields.text("kind") or str(options.get("kind", ""))
    kind = str(options.get("kinds", {}).get(written, written)).lower()
    if kind not in KINDS:
        raise RowError("kind", written, f"is none of {', '.join(KINDS)}",
                       "set options.kind of the source, or map the bill's word in options.kinds")  # fmt: skip
    return kind


def _kwh(fields: Fields, options: Mapping[str, Any], credit: bool) -> float:
    unit = fields.text("unit") or str(options.get("unit", "kWh"))
    if unit not in KILOWATT_HOURS_PER:
        raise RowError(
            "unit", unit, f"is none of {', '.join(KILOWATT_HOURS_PER)}", "correct it, or set options.unit"
        )
    written = number("consumption", fields.need("consumption"), decimal=fields.decimal)
    kwh = (written or 0.0) * KILOWATT_HOURS_PER[unit]
    check_sign("consumption", kwh, credit)
    if abs(kwh) > MAX_KWH:
        raise RowError("consumption", written, f"is more than {MAX_KWH:g} kWh", "check the unit")
    return kwh


connector = Connector()
