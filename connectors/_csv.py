"""Read delimited text row by row, and stop where a document as a whole cannot be trusted."""

from __future__ import annotations

import csv
import io
import zlib
from collections.abc import Callable, Iterator, Mapping

from connectors.base import Document, ParseError, Reject

csv.field_size_limit(10_000_000)


def lines(document: Document, encoding: str = "utf-8-sig") -> Iterator[str]:
    """Give the document's lines, gzip and byte order mark taken off.

    Raises
    ------
    ParseError
        On bytes that are not of the encoding, a broken gzip stream, a NUL, or no line at all.
    """
    row = 0
    try:
        for line in io.TextIOWrapper(document.open(), encoding=encoding, newline=""):
            row += 1
            if "\0" in line:
                raise ParseError(
                    f"{document.name}, line {row}: a NUL byte; the file is not text, export it again"
                )
            yield line
    except UnicodeDecodeError as error:
        raise ParseError(
            f"{document.name}, after line {row}: not {encoding} ({error.reason}); "
            "set options.encoding of the source or export as UTF-8"
        ) from None
    except (EOFError, zlib.error, OSError) as error:
        raise ParseError(
            f"{document.name}, after line {row}: the gzip stream is broken ({error}); fetch it again"
        ) from None
    if row == 0:
        raise ParseError(f"{document.name}: the document is empty; fetch or export it again")


def first_bytes(document: Document, count: int) -> bytes:
    """Give the first bytes of a document, gzip taken off.

    Raises
    ------
    ParseError
        When the gzip stream is broken from its start.
    """
    try:
        return document.open().read(count)
    except (EOFError, zlib.error, OSError) as error:
        raise ParseError(f"{document.name}: the gzip stream is broken ({error}); fetch it again") from None


def rows(document: Document, delimiter: str, required: set[str], known: set[str] | None = None,
         encoding: str = "utf-8-sig", may_repeat: Callable[[Mapping[str, str]], bool] | None = None,
         ) -> Iterator[tuple[int, str, dict[str, str] | Reject]]:  # fmt: skip
    """Give each data row as ``(row number, text, fields or reject)``.

    A row with too many or too few fields, and one that repeats an earlier row exactly, is a reject
    unless ``may_repeat`` says that such rows are alike without being the same.

    Raises
    ------
    ParseError
        When a required column lacks, an unknown one stands in a fixed format (``known`` given), a column
        stands twice, or the last row is cut off.
    """
    reader = csv.reader(lines(document, encoding), delimiter=delimiter)
    header = [name.strip() for name in next(reader)]
    _check_header(document.name, header, required, known)
    seen: dict[int, int] = {}
    held: tuple[int, list[str]] | None = None
    for row, fields in enumerate(reader, start=1):
        if held:
            yield _row(*held, header, seen, delimiter, may_repeat)
        held = (row, fields)
    if held:
        if 0 < len(held[1]) < len(header) and _ends_abruptly(document):
            raise ParseError(
                f"{document.name}, row {held[0]}: the last row is cut off after {len(held[1])} of {len(header)} fields; "
                "the document is truncated, fetch or export it again"
            )
        yield _row(*held, header, seen, delimiter, may_repeat)


def _check_header(name: str, header: list[str], required: set[str], known: set[str] | None) -> None:
    missing = sorted(required - set(header))
    if missing:
        raise ParseError(
            f"{name}, header: column {', '.join(repr(m) for m in missing)} is missing (found {', '.join(header[:12])}…); "
            "was it renamed? correct the export or the column mapping"
        )
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise ParseError(f"{name}, header: column {twice[0]!r} stands twice; export it again")
    unknown = sorted(set(header) - known) if known is not None else []
    if unknown:
        raise ParseError(
            f"{name}, header: column {unknown[0]!r} is unknown to this format; a renamed column would turn into nothing: "
            "compare with docs/sources"
        )


def _row(row: int, fields: list[str], header: list[str], seen: dict[int, int], delimiter: str,
         may_repeat: Callable[[Mapping[str, str]], bool] | None) -> tuple[int, str, dict[str, str] | Reject]:  # fmt: skip
    text = delimiter.join(fields)
    if len(fields) != len(header):
        reason = f"{len(fields)} fields where the header has {len(header)}"
        return row, text, Reject(row, "(row)", text[:200], reason, "correct the row at the source", text)
    cells = dict(zip(header, fields, strict=True))
    first = seen.setdefault(hash(text), row)
    if first != row and not (may_repeat and may_repeat(cells)):
        remedy = "remove one of the two at the source; if both are meant, give each its own line number"
        return row, text, Reject(row, "(row)", text[:200], f"duplicate of row {first}", remedy, text)
    return row, text, cells


def _ends_abruptly(document: Document) -> bool:
    stream = document.open()
    tail = b""
    while chunk := stream.read(1 << 16):
        tail = chunk
    return not tail.endswith((b"\n", b"\r"))
