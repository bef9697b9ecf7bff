"""Token usage of any provider as CSV: Mistral's console, an in-house meter, a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from connectors import _tokens, base
from connectors._batches import RowError, batches
from connectors._files import fetch_files
from connectors._mapped_csv import Fields, read

REQUIRED = ("date", "model", "output_tokens")
# The headers that are read without `options.columns`.
COLUMNS = ("date", "provider", "model", "project", "input_tokens", "output_tokens", "requests")


class Connector(base.Connector):
    """One request is one account or export; options: ``columns``, ``delimiter``, ``decimal``, ``date_order``, ``provider``."""

    SCHEMA = _tokens.SCHEMA

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Read the month's files from the folder or bucket that the connection names."""
        return fetch_files(source, period, secrets, (".csv", ".csv.gz"))

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one file; ``options.provider`` names the provider where no column does."""
        mapping = document.options.get("columns") or {name: name for name in COLUMNS}
        required = {*REQUIRED, *(() if "provider" in document.options else ("provider",))}
        mapped = replace(document, options={**document.options, "columns": mapping})
        return batches(read(mapped, required, lambda row, cells: _line(document, cells)), self.SCHEMA)


def _line(document: base.Document, cells: Fields) -> dict[str, Any]:
    day = cells.date("date")
    if day is None:
        raise RowError("date", "", "is empty", "fill it in at the source")
    return {
        "day": day,
        "provider": str(document.options.get("provider") or cells.need("provider")).lower(),
        "model": cells.need("model"),
        "service": cells.text("service") or "completions",
        "account": cells.text("account") or document.request,
        "project": cells.text("project"),
        "input_tokens": _whole(cells, "input_tokens"),
        "cached_input_tokens": 0,
        "output_tokens": _whole(cells, "output_tokens"),
        "requests": _whole(cells, "requests") if cells.text("requests") else None,
        "is_repeat": False,
    }


def _whole(cells: Fields, name: str) -> int:
    value = cells.text(name)
    for mark in ("\u00a0", "\u202f", " ", "," if cells.decimal == "." else "."):
        value = value.replace(mark, "") if value else value
    return _tokens.count(name, value)


connector = Connector()
