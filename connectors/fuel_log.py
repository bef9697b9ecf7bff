"""Fuel and gas burnt: one CSV row per fill, reading or invoice line, in the log's own layout."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches, number
from connectors._files import fetch_files
from connectors._mapped_csv import Fields, read

# No line of one site's boiler or tank comes near it; above it the unit is wrong.
MAX_QUANTITY = 1e8
USES = ("generator", "heating", "vehicle")
UNITS = ("L", "kWh", "kWh_net", "m3", "kg")
FUEL = re.compile(r"[a-z][a-z0-9_]*")
TRUE_WORDS = {"1", "true", "yes", "oui", "o", "y", "avoir", "credit note", "credit"}


class Connector(base.Connector):
    """Logs dropped as files or fetched from a folder; see ``docs/sources/fuel_log.md``."""

    SCHEMA = pa.schema([
        ("document_row", pa.int64()), ("reference", pa.string()), ("equipment_id", pa.string()),
        ("site_id", pa.string()), ("use", pa.string()), ("fuel", pa.string()), ("quantity", pa.float64()),
        ("unit", pa.string()), ("period_from", pa.date32()), ("period_to", pa.date32()),
        ("is_credit_note", pa.bool_()),
    ])  # fmt: skip

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Read the period's files from the connection's folder or bucket."""
        return fetch_files(source, period, secrets)

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one file; a line has a ``date`` or a period, ``period_to`` becomes the first day not covered."""
        mapped = set(document.options.get("columns", {}))
        dates = {"date"} if "date" in mapped else {"period_from", "period_to"}
        inclusive = document.options.get("period_to", "exclusive") == "inclusive"

        def read_row(row: int, fields: Fields) -> dict[str, Any]:
            return _line(fields, document.request, inclusive)

        return batches(
            read(document, {"equipment_id", "use", "fuel", "quantity", "unit"} | dates, read_row), self.SCHEMA
        )


def _line(fields: Fields, request: str, inclusive: bool) -> dict[str, Any]:
    credit = (fields.text("is_credit_note") or "").lower() in TRUE_WORDS
    first, after = _period(fields, inclusive)
    return {
        "reference": fields.text("reference"),
        "equipment_id": fields.need("equipment_id"),
        # A request that names its site needs no column for it.
        "site_id": fields.text("site_id") or request,
        "use": fields.word("use", USES, "uses"),
        "fuel": _fuel(fields),
        "quantity": _quantity(fields, credit),
        "unit": fields.word("unit", UNITS, "units"),
        "period_from": first,
        "period_to": after,
        "is_credit_note": credit,
    }


def _period(fields: Fields, inclusive: bool) -> tuple[dt.date, dt.date]:
    day = fields.date("date")
    first, last = (day, day) if day else (fields.date("period_from"), fields.date("period_to"))
    if first is None or last is None:
        raise RowError(
            "date", "", "no date and no whole period", "fill in the date, or both ends of the period"
        )
    after = last + dt.timedelta(days=1) if day or inclusive else last
    if after <= first:
        raise RowError(
            "period_to", last, f"is not after period_from {first}", "correct the dates, or options.period_to"
        )
    return first, after


def _fuel(fields: Fields) -> str:
    """Any fuel that has a factor: which ones have is known to the build alone."""
    own = fields.mapped("fuel", "fuels")
    if not FUEL.fullmatch(own):
        remedy = "map it in options.fuels to our name of the fuel: diesel, natural_gas, … (docs/sources/fuel_log.md)"
        raise RowError("fuel", own, "is no name of a fuel", remedy)
    return own


def _quantity(fields: Fields, credit: bool) -> float:
    text = fields.need("quantity")
    quantity = number("quantity", text, decimal=fields.decimal, minimum=-MAX_QUANTITY, maximum=MAX_QUANTITY)
    if quantity is None or (quantity < 0) != credit and quantity != 0:
        raise RowError("quantity", text, "only a credit note may be negative, and it must be",
                       "mark the line as a credit note (is_credit_note) or correct its sign")  # fmt: skip
    return quantity


connector = Connector()
