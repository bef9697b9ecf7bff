"""Delimited text of any size as Arrow batches of strings: vectorised, and as wary as ``_csv`` of broken documents."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.csv as pc

from connectors._csv import lines
from connectors.base import Document, ParseError, Reject

BLOCK_BYTES = 8 << 20
# Text that stands for nothing: AWS and Microsoft write the word, Oracle and Google an empty field.
NULLS = ["", "NULL", "null"]


def header(document: Document, delimiter: str) -> list[str]:
    """Give the names of the first line, trimmed; byte order mark and gzip taken off."""
    return [name.strip() for name in next(csv.reader(lines(document), delimiter=delimiter))]


@dataclass
class Text(io.RawIOBase):
    """A document's bytes as they are read, gzip taken off, with what tells a whole text from a broken one."""

    document: Document
    quotes: int = 0
    last: bytes = b""
    source: pa.NativeFile = field(init=False)

    def __post_init__(self) -> None:
        data = self.document.data
        raw = pa.BufferReader(data) if isinstance(data, bytes) else pa.OSFile(str(data))
        magic = raw.read(2)
        raw.seek(0)
        self.source = pa.CompressedInputStream(raw, "gzip") if magic == b"\x1f\x8b" else raw

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Give the next bytes; a NUL byte, or a gzip stream that breaks, stops."""
        name = self.document.name
        try:
            chunk: bytes = self.source.read(size if size >= 0 else None)
        except OSError as error:
            raise ParseError(f"{name}: the gzip stream is broken ({error}); fetch it again") from None
        if b"\0" in chunk:
            raise ParseError(f"{name}: a NUL byte; the file is not text, export it again")
        self.quotes += chunk.count(b'"')
        self.last = chunk[-1:] or self.last
        return chunk


def text_batches(document: Document, delimiter: str, columns: Mapping[str, int]) -> Iterator[
    tuple[pa.Array, dict[str, pa.Array], list[Reject]]
]:  # fmt: skip
    """Give batches of ``(row numbers, columns as text, rejects)``; rows of another width are the rejects.

    Parameters
    ----------
    columns : mapping
        Name wanted -> place in the header; other columns are not even converted.

    Raises
    ------
    ParseError
        When the document is cut off, is not UTF-8, or its gzip stream is broken.
    """
    names = [str(place) for place in range(len(header(document, delimiter)))]
    text, refused = Text(document), _Refused()
    wanted = {name: str(place) for name, place in columns.items()}
    try:
        reader = pc.open_csv(
            pa.PythonFile(text, mode="r"),
            # One thread: only then does a refused row know its number.
            read_options=pc.ReadOptions(
                use_threads=False, block_size=BLOCK_BYTES, column_names=names, skip_rows=1
            ),
            parse_options=pc.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, invalid_row_handler=refused
            ),
            convert_options=pc.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), include_columns=list(wanted.values()),
                null_values=NULLS, strings_can_be_null=True,
            ),
        )  # fmt: skip
        start = 1
        for batch in reader:
            rows = refused.numbers_from(start, batch.num_rows)
            start = rows[-1].as_py() + 1 if len(rows) else start
            yield rows, {name: batch.column(place) for name, place in wanted.items()}, refused.taken()
    except pa.ArrowInvalid as error:
        raise ParseError(f"{document.name}: {_plain(str(error))}") from None
    _check_end(document.name, text, refused.last_short if refused.last_short >= start else 0)
    if rejects := refused.taken():
        none = pa.array([], pa.string())
        yield pa.array([], pa.int64()), dict.fromkeys(wanted, none), rejects


class _Refused:
    """Rows of another width than the header's, as the reader meets them."""

    def __init__(self) -> None:
        self.rows: list[pc.InvalidRow] = []
        self.numbers: deque[int] = deque()
        self.last_short = 0

    def __call__(self, row: pc.InvalidRow) -> str:
        self.rows.append(row)
        self.numbers.append(row.number - 1)
        if row.actual_columns < row.expected_columns:
            self.last_short = row.number - 1
        return "skip"

    def numbers_from(self, start: int, count: int) -> pa.Array:
        """Number the next ``count`` good rows: the refused ones between them keep their own numbers."""
        numbers: list[int] = []
        while len(numbers) < count:
            # Up to the next refused row all are good.
            end = min(self.numbers[0] if self.numbers else start + count, start + count - len(numbers))
            numbers += range(start, end)
            start = end
            if self.numbers and self.numbers[0] == start:
                self.numbers.popleft()
                start += 1
        return pa.array(numbers, pa.int64())

    def taken(self) -> list[Reject]:
        """Give the refused rows not given yet."""
        rows, self.rows = self.rows, []
        return [
            Reject(
                row.number - 1, "(row)", row.text[:200],
                f"{row.actual_columns} fields where the header has {row.expected_columns}",
                "correct the row at the source", row.text,
            )
            for row in rows
        ]  # fmt: skip


def _check_end(name: str, text: Text, short_row: int) -> None:
    if text.quotes % 2:
        raise ParseError(
            f"{name}: it ends inside a quoted field (or a lone quote mark stands in one); the document is truncated, "
            "fetch or export it again"
        )
    if short_row and text.last not in (b"\n", b"\r"):
        raise ParseError(
            f"{name}, row {short_row}: the last row is cut off; "
            "the document is truncated, fetch or export it again"
        )


def _plain(error: str) -> str:
    if "invalid UTF8" in error:
        return f"not utf-8 ({error}); export as UTF-8"
    return f"the text cannot be read ({error}); it is broken or truncated, export it again"
