"""Read one JSON answer whole, and say clearly what is wrong with it."""

from __future__ import annotations

import json
import zlib
from typing import Any

from connectors._batches import RowError
from connectors.base import Document, ParseError


def answer(document: Document) -> Any:
    """Give a document's JSON, gzip taken off.

    Raises
    ------
    ParseError
        On bytes that are not UTF-8, a broken gzip stream, or JSON that does not end.
    """
    try:
        return json.load(document.open())
    except UnicodeDecodeError as error:
        raise ParseError(f"{document.name}: not UTF-8 ({error.reason}); fetch it again") from None
    except (ValueError, EOFError, OSError, zlib.error, RecursionError) as error:
        raise ParseError(
            f"{document.name}: not a whole JSON answer ({error}); it is empty or truncated, fetch it again"
        ) from None


def listed(document: Document, given: Any, field: str) -> list[Any]:
    """Give a list that the answer must hold.

    Raises
    ------
    ParseError
        When the field is missing or no list.
    """
    found = given.get(field) if isinstance(given, dict) else None
    if not isinstance(found, list):
        raise ParseError(
            f"{document.name}, field {field}: missing or no list; the address or the answer's form is another one"
        )
    return found


def text(field: str, value: Any) -> str | None:
    """Give a text, null when it is missing or empty; numbers are written out.

    Raises
    ------
    RowError
        When an object or a list stands there.
    """
    if value is None or value == "":
        return None
    if isinstance(value, dict | list):
        raise RowError(field, value, "is no text", "fetch it again")
    return str(value)
