"""Electricity bills and readings of own meters: one CSV row per line, in the supplier's or the organization's own layout."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from connectors import _bills, base
from connectors._batches import batches, number
from connectors._files import fetch_files
from connectors._mapped_csv import Fields, read

# A site of 130 MW running a whole month; above it the unit is Wh, not kWh.
MAX_KWH = 1e8
# No hall cools with three times what it runs; above it the operator wrote a percentage.
MAX_PUE = 4
QUANTITY = "consumption_kwh"


class Connector(base.Connector):
    """Bills dropped as files or fetched from a folder; see ``docs/sources/sites.md``."""

    SCHEMA = _bills.schema(QUANTITY).append(pa.field("pue", pa.float64()))

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
    pue = number("pue", fields.text("pue"), decimal=fields.decimal, minimum=1, maximum=MAX_PUE)
    return _bills.line(row, fields, QUANTITY, MAX_KWH, inclusive) | {"pue": pue}


connector = Connector()
