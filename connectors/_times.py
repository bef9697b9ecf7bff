"""Local wall time without a zone, as sacct and CodeCarbon write it, turned into UTC."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from connectors._batches import RowError
from connectors.base import Document, ParseError


def zone_of(document: Document) -> ZoneInfo:
    """Give the zone that ``options.timezone`` names.

    Raises
    ------
    ParseError
        When the option is missing or names no zone.
    """
    if "timezone" not in document.options:
        raise ParseError(
            f"{document.name}: options.timezone is missing; add it to the source in config/sources.yml"
        )
    name = str(document.options["timezone"])
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ParseError(
            f"{document.name}: options.timezone {name!r} is no zone; write one like Europe/Paris in config/sources.yml"
        ) from None


def to_utc(field: str, text: str, zone: ZoneInfo, remedy: str) -> dt.datetime:
    """Read an ISO time as UTC without a zone; a time that carries its own offset keeps it.

    In the hour that comes twice in autumn nothing says which one is meant: the first is taken. A time in the hour
    that spring leaves out is read with the offset that held before it.

    Raises
    ------
    RowError
        When the text is no time.
    """
    try:
        written = dt.datetime.fromisoformat(text.strip())
        local = written if written.tzinfo else written.replace(tzinfo=zone)
        return local.astimezone(dt.UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise RowError(field, text, "is not a time YYYY-MM-DDTHH:MM:SS", remedy) from None
