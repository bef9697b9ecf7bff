"""What AI products were used for: requests, users, tokens, revenue, accuracy by month and project, as mapped CSV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches, number
from connectors._files import fetch_files
from connectors._mapped_csv import Fields, read

METRICS = ("requests", "tokens", "users", "employees", "revenue", "accuracy")
# A million million requests a month; above it something else was counted.
MAX_QUANTITY = 1e12


class Connector(base.Connector):
    """Volumes dropped as files or fetched from a folder; see ``docs/sources/volumes.md``."""

    SCHEMA = pa.schema([
        ("document_row", pa.int64()), ("month", pa.date32()), ("project", pa.string()), ("metric", pa.string()),
        ("quantity", pa.float64()), ("unit", pa.string()),
    ])  # fmt: skip

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Read the month's files from the connection's folder or bucket."""
        return fetch_files(source, period, secrets)

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one file; ``options.metrics`` maps its own words to our metrics."""
        required = {"month", "project", "metric", "quantity"}
        words = {str(k).lower(): str(v) for k, v in dict(document.options.get("metrics", {})).items()}

        def read_row(row: int, fields: Fields) -> dict[str, Any]:
            return _line(fields, words)

        return batches(read(document, required, read_row), self.SCHEMA)


def _line(fields: Fields, words: dict[str, str]) -> dict[str, Any]:
    word = fields.need("metric")
    metric = words.get(word.lower(), word.lower())
    if metric not in METRICS:
        raise RowError(
            "metric", word, "is no known metric", f"map it in options.metrics to one of {', '.join(METRICS)}"
        )
    fields.need("quantity")
    return {
        "month": _month(fields),
        "project": fields.need("project"),
        "metric": metric,
        "quantity": number("quantity", fields.text("quantity"), decimal=fields.decimal, minimum=0,
                           maximum=1 if metric == "accuracy" else MAX_QUANTITY),
        "unit": fields.text("unit") or {"accuracy": "share", "revenue": "EUR"}.get(metric, metric.removesuffix("s")),
    }  # fmt: skip


def _month(fields: Fields) -> dt.date:
    text = fields.need("month")
    try:
        return dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        day = fields.date("month")
        assert day is not None
        return day.replace(day=1)


connector = Connector()
