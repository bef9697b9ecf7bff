"""Water bills of sites: one CSV row per invoice line, in the supplier's or the organization's own layout."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from connectors import _bills, base
from connectors._batches import batches, number
from connectors._files import fetch_files
from connectors._mapped_csv import Fields, read

QUANTITY, DISCHARGE = "water_m3", "discharge_m3"
# A cooling plant of 100 MW evaporating all its heat for a quarter; above it the unit is litres, not cubic metres.
MAX_M3 = 1e6


class Connector(base.Connector):
    """Bills dropped as files or fetched from a folder; one request is one site; see ``docs/sources/water_bill.md``."""

    SCHEMA = _bills.schema(QUANTITY).append(pa.field(DISCHARGE, pa.float64()))

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Read the period's files from the connection's folder or bucket."""
        return fetch_files(source, period, secrets)

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one file; ``period_to`` becomes the first day that is not covered."""
        inclusive = document.options.get("period_to", "exclusive") == "inclusive"

        def read_row(row: int, fields: Fields) -> dict[str, Any]:
            return _line(row, fields, inclusive)

        return batches(read(document, _bills.required(QUANTITY), read_row), self.SCHEMA)


def _line(row: int, fields: Fields, inclusive: bool) -> dict[str, Any]:
    line = _bills.line(row, fields, QUANTITY, MAX_M3, inclusive)
    discharged = number(
        DISCHARGE, fields.text(DISCHARGE), decimal=fields.decimal, minimum=-MAX_M3, maximum=MAX_M3
    )
    if discharged is not None:
        _bills.check_sign(DISCHARGE, discharged, line["is_credit_note"])
    return line | {DISCHARGE: discharged}


connector = Connector()
