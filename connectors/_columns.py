"""Check and convert whole columns at once; only the rows that fail are looked at one by one."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from connectors._arrow_csv import NULLS
from connectors._batches import RowError, number
from connectors.base import Reject

Read = Callable[[str | None], Any]


class Faults:
    """The rows of a batch that cannot be taken, each with the first thing found wrong with it."""

    def __init__(self) -> None:
        self.errors: dict[int, RowError] = {}

    def ask(self, rows: pa.Array, column: pa.Array, read: Read) -> None:
        """Let ``read`` say what is wrong with the rows marked true; one that it takes after all stays."""
        for row in np.flatnonzero(pc.fill_null(rows, False).to_numpy(zero_copy_only=False)):
            value = column[int(row)].as_py()
            try:
                read(None if value is None else str(value))
            except RowError as error:
                self.errors.setdefault(int(row), error)

    def split(
        self, batch: pa.RecordBatch, numbers: pa.Array, raw: Mapping[str, pa.Array]
    ) -> tuple[pa.RecordBatch, list[Reject]]:
        """Give the batch without the faulty rows, and their rejects with the text of the ``raw`` columns."""
        if not self.errors:
            return batch, []
        rejects = [
            error.reject(numbers[row].as_py(), _text_of(raw, row))
            for row, error in sorted(self.errors.items())
        ]
        good = np.ones(batch.num_rows, bool)
        good[list(self.errors)] = False
        return batch.filter(pa.array(good)), rejects


def _text_of(raw: Mapping[str, pa.Array], row: int) -> str:
    cells = {name: column[row].as_py() for name, column in raw.items()}
    filled = {name: str(value) for name, value in cells.items() if value is not None}
    return json.dumps(filled, ensure_ascii=False)


def texts(column: pa.Array) -> pa.Array:
    """Give a column as text, with one null for all ways to write nothing."""
    if pa.types.is_nested(column.type):
        raise pa.ArrowInvalid(f"a {column.type} where a text is expected")
    column = pc.cast(column, pa.string())
    return pc.if_else(pc.is_in(column, pa.array(NULLS)), pa.scalar(None, pa.string()), column)


def each(column: pa.Array, kind: pa.DataType, read: Read, faults: Faults) -> pa.Array:
    """Read each distinct text once; ``read`` gets null, too."""
    coded = pc.dictionary_encode(column, null_encoding="encode")
    values, failed = [], []
    for code, text in enumerate(coded.dictionary.to_pylist()):
        try:
            values.append(read(text))
        except RowError:
            values.append(None)
            failed.append(code)
    if failed:
        faults.ask(pc.is_in(coded.indices, pa.array(failed, coded.indices.type)), column, read)
    return pa.array(values, kind).take(coded.indices)


def numbers(column: pa.Array, field: str, limit: float, faults: Faults, needed: bool = False) -> pa.Array:
    """Read a column of numbers between ``-limit`` and ``limit``."""

    def read(text: str | None) -> float | None:
        value = number(field, text, minimum=-limit, maximum=limit)
        if value is None and needed:
            raise RowError(field, "", "is empty", "export the month again")
        return value

    if pa.types.is_string(column.type):
        column = texts(column)
    try:
        cast = pc.cast(column, pa.float64())
    except pa.ArrowInvalid:
        return each(column, pa.float64(), read, faults)
    wrong = pc.invert(pc.and_(pc.is_finite(cast), pc.less_equal(pc.abs(cast), limit)))
    faults.ask(pc.fill_null(wrong, needed), column, read)
    return cast
