"""CSV with two kinds of rows: a header record (an order) and the lines below it, each kind with its own columns.

The first row of each kind holds its column names, as Coupa writes it::

    Header,Order Header ID,Currency Code
    Line,Line Number,Description,Quantity
    Header,4711,EUR
    Line,1,Server,2
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping

from connectors._batches import RowError
from connectors._csv import lines
from connectors.base import Document, ParseError, Reject


def records(document: Document, delimiter: str, required: set[str], kinds: Mapping[str, str],
            encoding: str = "utf-8-sig") -> Iterator[tuple[int, str, dict[str, str] | Reject]]:  # fmt: skip
    """Give each line as ``(row number, text, cells or reject)``, its header's cells beside its own.

    Parameters
    ----------
    kinds : mapping
        ``header`` and ``line``: the words of the first column; other kinds of rows are rejects.

    Raises
    ------
    ParseError
        When a kind's names are missing or lack a required column, or the document breaks off.
    """
    reader = _Records(document.name, str(kinds.get("header", "Header")), str(kinds.get("line", "Line")))
    whole_lines = _Whole(lines(document, encoding))
    for row, fields in enumerate(csv.reader(whole_lines, delimiter=delimiter)):
        if reader.names_from(row, fields, required):
            continue
        text = delimiter.join(fields)
        try:
            cells = reader.cells_of(row, fields, whole_lines.ended)
        except RowError as error:
            yield row, text, error.reject(row, text)
        else:
            if cells is not None:
                yield row, text, cells
    reader.check_seen()


class _Records:
    """The names of each kind, and the header record that holds for the lines below it."""

    def __init__(self, document: str, header: str, line: str) -> None:
        self.document, self.header, self.line = document, header, line
        self.names: dict[str, list[str]] = {}
        self.above: dict[str, str] | None = None
        self.seen: dict[int, int] = {}

    def names_from(self, row: int, fields: list[str], required: set[str]) -> bool:
        """Take a row as the names of its kind, if these are not known yet."""
        kind = fields[0].strip() if fields else ""
        if kind in (self.header, self.line) and kind not in self.names:
            self.names[kind] = [name.strip() for name in fields]
            if len(self.names) == 2:
                _check(self.document, self.names, required)
            return True
        if kind in self.names and len(self.names) < 2:
            raise ParseError(
                f"{self.document}, row {row}: a row of kind {kind!r} stands before the column names of the other kind; "
                "export it again with both rows of names, or correct options.records of the source"
            )
        return False

    def cells_of(self, row: int, fields: list[str], ended: bool) -> dict[str, str] | None:
        """Give a line's cells; a header record gives nothing and holds from here on."""
        kind = fields[0].strip() if fields else ""
        if kind not in self.names:
            raise RowError(
                "(row)", kind, "is no known kind of row", f"write {self.header} or {self.line} first"
            )
        width = len(self.names[kind])
        if len(fields) < width and not ended:
            raise ParseError(
                f"{self.document}, row {row}: the last row is cut off after {len(fields)} of {width} fields; "
                "the document is truncated, fetch or export it again"
            )
        cells = dict(zip(self.names[kind], fields, strict=False)) if len(fields) == width else None
        if kind == self.header:
            self.above = cells
        if cells is None:
            reason = f"{len(fields)} fields where a {kind} row has {width}"
            raise RowError("(row)", ",".join(fields)[:200], reason, "correct the row at the source")
        if kind == self.header:
            return None
        if self.above is None:
            reason = f"has no readable {self.header} row above it"
            raise RowError("(row)", ",".join(fields)[:200], reason, f"correct the {self.header} row first")
        return self._once(row, self.above | cells)

    def _once(self, row: int, cells: dict[str, str]) -> dict[str, str]:
        first = self.seen.setdefault(hash(tuple(cells.values())), row)
        if first != row:
            remedy = "remove one of the two at the source; if both are meant, give each its own line number"
            raise RowError("(row)", ",".join(cells.values())[:200], f"duplicate of row {first}", remedy)
        return cells

    def check_seen(self) -> None:
        """Stop where a kind of row never came."""
        if missing := [kind for kind in (self.header, self.line) if kind not in self.names]:
            raise ParseError(
                f"{self.document}: no row of kind {missing[0]!r}; correct options.records of the source or the export"
            )


def _check(name: str, names: Mapping[str, list[str]], required: set[str]) -> None:
    known = {column for columns in names.values() for column in columns}
    if missing := sorted(required - known):
        raise ParseError(
            f"{name}, header: column {missing[0]!r} is missing (found {', '.join(sorted(known)[:12])}…); "
            "was it renamed? correct the export or the column mapping"
        )


class _Whole:
    """Lines passed on; ``ended`` says whether the last one given had its line end."""

    def __init__(self, source: Iterator[str]) -> None:
        self._source, self.ended = source, True

    def __iter__(self) -> Iterator[str]:
        for line in self._source:
            self.ended = line.endswith(("\n", "\r"))
            yield line
