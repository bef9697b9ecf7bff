"""Local wall time without a zone, as sacct and CodeCarbon write it, turned into UTC."""

from __future__ import annotations

import datetime as dt
import operator
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


def to_utc(field: str, text: str, zone: ZoneInfo, remedy: str, *, fold: int = 0) -> dt.datetime:
    """Read an ISO time as UTC without a zone; a time that carries its own offset keeps it.

    In the hour that comes twice in autumn nothing says which one is meant: the first is taken, or with ``fold=1`` the
    second. A time in the hour that spring leaves out is read with the offset that held before it.

    Raises
    ------
    RowError
        When the text is no time.
    """
    try:
        written = dt.datetime.fromisoformat(text.strip())
        local = written if written.tzinfo else written.replace(tzinfo=zone, fold=fold)
        return local.astimezone(dt.UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise RowError(field, text, "is not a time YYYY-MM-DDTHH:MM:SS", remedy) from None


def span_to_utc(
    start: tuple[str, str], end: tuple[str, str], elapsed_s: int | None, zone: ZoneInfo, remedy: str
) -> tuple[dt.datetime, dt.datetime]:
    """Read both ends of a span, each given as field and text; what it lasted tells the hours of autumn apart.

    Where an end stands in the hour that comes twice, the reading that lasts exactly ``elapsed_s`` is taken; else one
    that is long enough (a job may have been suspended), the first hours first.

    Raises
    ------
    RowError
        When a text is no time.
    """
    readings = [
        (to_utc(*start, zone, remedy, fold=first), to_utc(*end, zone, remedy, fold=last))
        for first in (0, 1)
        for last in (0, 1)
    ]
    for fits in (operator.eq, operator.gt):
        for since, until in readings:
            if elapsed_s is not None and fits((until - since).total_seconds(), elapsed_s):
                return since, until
    return readings[0]
