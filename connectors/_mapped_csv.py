"""CSV without a standard: the organization maps its own headers to ours and says how it writes dates and numbers.

The mapping stands in the source's options or in a file of its own under ``config/mappings`` (``options.mapping``).
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from connectors._batches import RowError
from connectors._csv import rows
from connectors._records import records
from connectors.base import Document, ParseError, Reject

DATE_FORMATS = {
    "DMY": ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y"),
    "MDY": ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y"),
    "YMD": ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d"),
}


class Fields:
    """One row under its canonical names; empty cells are null."""

    def __init__(self, cells: Mapping[str, str], options: Mapping[str, Any]) -> None:
        self.cells, self._options = cells, options
        self.decimal = str(options.get("decimal", "."))
        """The decimal mark of the document."""

    def option(self, name: str) -> str | None:
        """What the source says for the whole document, null when it does not."""
        value = self._options.get(name)
        return None if value is None else str(value)

    def text(self, name: str) -> str | None:
        """The cell, null when empty."""
        value = self.cells.get(name)
        return (value.strip() or None) if value else None

    def need(self, name: str) -> str:
        """The cell, or a reject when it is empty."""
        value = self.text(name)
        if value is None:
            raise RowError(name, "", "is empty", "fill it in at the source")
        return value

    def mapped(self, name: str, option: str) -> str:
        """The cell in our words: ``options[option]`` maps the document's words to ours, case ignored."""
        value = self.need(name)
        words = {
            str(theirs).lower(): str(ours) for theirs, ours in dict(self._options.get(option, {})).items()
        }
        return words.get(value.lower(), value)

    def word(self, name: str, known: Collection[str], option: str) -> str:
        """The cell as one of our own words (see :meth:`mapped`), a reject when it is none."""
        value = self.mapped(name, option)
        for own in known:
            if own.lower() == value.lower():
                return own
        remedy = f"map it in options.{option} to one of {', '.join(known)}"
        raise RowError(name, value, "is no known word", remedy)

    def date(self, name: str) -> dt.date | None:
        """The cell as a date in the declared order, null when empty."""
        value = self.text(name)
        if value is None:
            return None
        order = str(self._options.get("date_order", "YMD"))
        found = _date(value, order)
        if found is None:
            raise RowError(
                name,
                value,
                f"is not a date in the order {order}",
                "correct it, or set options.date_order of the source",
            )
        return found


@functools.lru_cache(maxsize=1 << 14)
def _date(value: str, order: str) -> dt.date | None:
    # An export writes the same days over and over: strptime is what a large register would wait for.
    for pattern in DATE_FORMATS[order]:
        try:
            return dt.datetime.strptime(value, pattern).date()
        except ValueError:
            continue
    return None


def read(document: Document, required: set[str], read_row: Callable[[int, Fields], dict[str, Any]],
         ) -> Iterator[dict[str, Any] | Reject]:  # fmt: skip
    """Read a mapped CSV: ``read_row`` gives a row or raises ``RowError``.

    ``options.columns`` maps canonical names to the document's headers; ``delimiter``, ``encoding``, ``decimal``,
    ``date_order`` (DMY, MDY, YMD) say how it is written; ``records`` says that the first column tells kinds of rows
    apart.

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
    fields = Fields({}, options)
    kinds, headers = options.get("records"), set(mapping.values())
    if kinds:
        found = records(document, delimiter, headers, kinds, encoding)
    else:
        found = rows(document, delimiter, headers, encoding=encoding)
    for row, text, cells in found:
        if isinstance(cells, Reject):
            yield cells
            continue
        fields.cells = {name: cells[header] for name, header in mapping.items()}
        try:
            yield {"document_row": row} | read_row(row, fields)
        except RowError as error:
            yield error.reject(row, text)
