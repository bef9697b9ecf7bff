"""What sources of token usage share: the shape of a row, counts that must add up, and their documents."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._batches import RowError
from connectors._http import SourceError

COUNTS = ("input_tokens", "cached_input_tokens", "output_tokens", "requests")
# A day of one model and project: a thousand billion tokens is another unit.
MAX_COUNT = 10**12

SCHEMA = pa.schema(
    [("document_row", pa.int64()), ("day", pa.date32())]
    + [(name, pa.string()) for name in ("provider", "model", "service", "account", "project", "tags")]
    + [(name, pa.int64()) for name in COUNTS]
    + [("is_repeat", pa.bool_()), ("counted", pa.float64()), ("counted_unit", pa.string())]
)
"""One row of usage: ``tags`` is a JSON list of labels; ``is_repeat`` marks answers out of a gateway's own cache; what is
not counted in tokens stands in ``counted`` with its unit (image, character, second)."""


def count(field: str, value: Any) -> int:
    """Read a count of tokens or requests; what is missing is none.

    Raises
    ------
    RowError
        When it is no whole number between 0 and a thousand billion.
    """
    if value is None or value == "":
        return 0
    try:
        found = float(value) if not isinstance(value, bool) else float("nan")
    except (TypeError, ValueError):
        found = float("nan")
    if not 0 <= found <= MAX_COUNT or found != int(found):
        raise RowError(field, value, "is no whole number of tokens or requests", "correct it at the source")
    return int(found)


def named(field: str, value: Any, remedy: str) -> str:
    """Give a text that a row cannot do without.

    Raises
    ------
    RowError
        When it is missing or no text.
    """
    if not isinstance(value, str) or not value.strip():
        raise RowError(field, value, "is missing", remedy)
    return value.strip()


def day_of(field: str, value: Any) -> dt.date:
    """Give the UTC day of a time in seconds since 1970, of an ISO 8601 time, or of a date.

    Raises
    ------
    RowError
        When it is none of them; a time without zone counts as UTC.
    """
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return dt.datetime.fromtimestamp(value, dt.UTC).date()
        at = dt.datetime.fromisoformat(str(value))
    except (ValueError, OverflowError, OSError):
        raise RowError(field, value, "is not a time", "fetch or export it again") from None
    return (at.astimezone(dt.UTC) if at.tzinfo else at).date()


def buckets(document: base.Document, given: Mapping[str, Any], start: str) -> Iterator[tuple[int, Any, Any]]:
    """Give row number, bucket start and result of each result in a page of daily buckets."""
    row = 0
    for bucket in given["data"]:
        if not isinstance(bucket, dict) or not isinstance(bucket.get("results"), list):
            raise base.ParseError(
                f"{document.name}, field data.results: missing or no list; the form of the answer is another one"
            )
        for result in bucket["results"]:
            row += 1
            yield row, bucket.get(start), result


def once(seen: dict[str, int], row: int, start: Any, result: Any) -> None:
    """Refuse a result whose labels (all that is no figure) stood in the page's bucket before.

    Raises
    ------
    RowError
        When it stands twice: its tokens would count twice.
    """
    labels = {key: value for key, value in result.items() if value is None or isinstance(value, str | bool)}
    first = seen.setdefault(json.dumps([start, labels], sort_keys=True), row)
    if first != row:
        raise RowError("results", labels, f"stands twice, duplicate of row {first}", "fetch the month again")


def pages(ask: Any, place: str) -> Iterator[bytes]:
    """Give the pages of an answer that names its next one; ``ask(page)`` gives bytes, the first page is null.

    Raises
    ------
    SourceError
        When a page is no JSON object with a list ``data``, or names a page that was given before.
    """
    page: str | None = None
    seen: set[str] = set()
    while True:
        body = ask(page)
        try:
            told = json.loads(body)
        except ValueError:
            told = None
        if not isinstance(told, dict) or not isinstance(told.get("data"), list):
            raise SourceError(f"{place}: the answer is no JSON object with a list 'data'; is the host right?")
        yield body
        if not told.get("has_more"):
            return
        page = str(told.get("next_page") or "")
        if not page or page in seen:
            raise SourceError(f"{place}: the answer says has_more but names no new page; ask again later")
        seen.add(page)


def documents(
    bodies: list[tuple[str, bytes]], request: str, options: Mapping[str, Any]
) -> Iterator[base.Document]:
    """Give pages as the documents of one delivery: how many they are is known at the end alone."""
    for part, (name, body) in enumerate(bodies, start=1):
        yield base.Document(body, name, request, part, len(bodies), options)


def one_organization(source: base.Source) -> str:
    """Give the one request of a source whose key belongs to one organization.

    Raises
    ------
    SourceError
        When more are configured: each would get the same answer and count twice.
    """
    if len(source.requests) != 1:
        raise SourceError(
            f"{source.id}: the key belongs to one organization, but {len(source.requests)} requests are configured; "
            "make one source with its own connection per organization"
        )
    return source.requests[0]
