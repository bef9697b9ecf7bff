"""CSV without a standard: the organization maps its own headers to ours and says how it writes dates and numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from connectors._batches import RowError
from connectors._csv import rows
from connectors.base import Document, ParseError, Reject

DATE_FORMATS = {
    "DMY": ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y"),
    "MDY": ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y"),
    "YMD": ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d"),
}


class Fields:
    """One row under its canonical names; empty cells are null."""

    def __init__(self, cells: Mapping[str, str], options: Mapping[str, Any]) -> None:
        self._cells, self._options = cells, options

    @property
    def decimal(self) -> str:
        """The decimal mark of the document."""
        return str(self._options.get("decimal", "."))

    def text(self, name: str) -> str | None:
        """The cell, null when empty."""
        value = self._cells.get(name, "").strip()
        return value or None

    def need(self, name: str) -> str:
        """The cell, or a reject when it is empty."""
        value = self.text(name)
        if value is None:
            raise RowError(name, "", "is empty", "fill it in at the source")
        return value

    def date(self, name: str) -> dt.date | None:
        """The cell as a date in the declared order, null when empty."""
        value = self.text(name)
        if value is None:
            return None
        order = str(self._options.get("date_order", "YMD"))
        for pattern in DATE_FORMATS[order]:
            try:
                return dt.datetime.strptime(value, pattern).date()
            except ValueError:
                continue
        raise RowError(
            name,
            value,
            f"is not a date in the order {order}",
            "correct it, or set options.date_order of the source",
        )


def read(document: Document, required: set[str], read_row: Callable[[int, Fields], dict[str, Any]],
         ) -> Iterator[dict[str, Any] | Reject]:  # fmt: skip
    """Read a mapped CSV: ``read_row`` gives a row or raises ``RowError``.

    ``options.columns`` maps canonical names to the document's headers; ``delimiter``, ``encoding``, ``decimal``,
    ``date_order`` (DMY, MDY, YMD) say how it is written.

    Raises
    ------
    ParseError
        When the mapping lacks a required name, or the document as a whole cannot be trusted.
    """
    options = document.options
    mapping: Mapping[str, str] = options.get("columns", {})
    unmapped = sorted(required - set(mapping))
    if unmapped:
        raise ParseError(
            f"{document.name}: options.columns of the source does not map {', '.join(unmapped)}; add it in config/sources.yml"
        )
    delimiter, encoding = str(options.get("delimiter", ",")), str(options.get("encoding", "utf-8-sig"))
    for row, text, cells in rows(document, delimiter, set(mapping.values()), encoding=encoding):
        if isinstance(cells, Reject):
            yield cells
            continue
        canonical = {name: cells[header] for name, header in mapping.items()}
        try:
            yield {"document_row": row} | read_row(row, Fields(canonical, options))
        except RowError as error:
            yield error.reject(row, text)
