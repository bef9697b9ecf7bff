"""Turn checked rows into Arrow batches of bounded size, rejects beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from connectors.base import Parsed, Reject

BATCH_ROWS = 20_000


class RowError(Exception):
    """A single row cannot be taken: which field, its value, why, and the remedy."""

    def __init__(self, field: str, value: object, reason: str, remedy: str) -> None:
        super().__init__(f"{field} = {value!r}: {reason}")
        self.field, self.value, self.reason, self.remedy = field, str(value), reason, remedy

    def reject(self, row: int, text: str) -> Reject:
        """The reject of this error for a row of the document."""
        return Reject(row, self.field, self.value, self.reason, self.remedy, text)


def batches(rows: Iterable[Mapping[str, Any] | Reject], schema: pa.Schema) -> Iterator[Parsed]:
    """Group accepted rows and rejects into batches of at most ``BATCH_ROWS`` of either."""
    accepted: list[Mapping[str, Any]] = []
    rejects: list[Reject] = []
    for row in rows:
        if isinstance(row, Reject):
            rejects.append(row)
        else:
            accepted.append(row)
        if len(accepted) >= BATCH_ROWS or len(rejects) >= BATCH_ROWS:
            yield Parsed(_batch(accepted, schema), tuple(rejects))
            accepted, rejects = [], []
    if accepted or rejects:
        yield Parsed(_batch(accepted, schema), tuple(rejects))


def _batch(rows: list[Mapping[str, Any]], schema: pa.Schema) -> pa.RecordBatch:
    columns = [pa.array([row.get(field.name) for row in rows], type=field.type) for field in schema]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def number(field: str, text: str | None, *, decimal: str = ".", minimum: float | None = None,
           maximum: float | None = None) -> float | None:  # fmt: skip
    """Read a number, null when empty; spaces and no-break spaces may group thousands.

    Raises
    ------
    RowError
        When the text is no number, or it stands outside ``minimum`` … ``maximum``.
    """
    if text is None or text.strip() == "":
        return None
    compact = text.strip().replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if decimal == ",":
        compact = compact.replace(".", "").replace(",", ".")
    try:
        value = float(compact)
    except ValueError:
        raise RowError(field, text, "is not a number", f"write it with '{decimal}' as decimal mark") from None
    if value != value or value in (float("inf"), float("-inf")):
        raise RowError(field, text, "is not a finite number", "correct it at the source")
    if minimum is not None and value < minimum:
        raise RowError(field, text, f"is below {minimum:g}", "correct it at the source")
    if maximum is not None and value > maximum:
        raise RowError(field, text, f"is above the plausible {maximum:g}", "check the unit at the source")
    return value


def whole(field: str, text: str | None, **bounds: float) -> int | None:
    """Read a whole number, null when empty; see :func:`number`."""
    value = number(field, text, minimum=bounds.get("minimum"), maximum=bounds.get("maximum"))
    if value is None:
        return None
    if value != int(value):
        raise RowError(field, text, "is not a whole number", "correct it at the source")
    return int(value)
