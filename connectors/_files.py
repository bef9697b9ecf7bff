"""Sources without an API: their files stand in a folder or bucket, one place per request and period."""

from __future__ import annotations

import calendar
import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec

from connectors.base import Document, NotYetPublished, Secrets, Source

# Where a request's files of a month stand, below the connection's URL.
PATTERN = "{request}/{period}/*"


class TwoExports(Exception):
    """Files of two exports of one month stand side by side: reading both would count the month twice."""


class CutOff(Exception):
    """A file came in shorter than the store says it is."""


def fetch_files(
    source: Source, period: str, secrets: Secrets, suffixes: tuple[str, ...] = ()
) -> Iterator[Document]:
    """Read ``<url>/<request>/<period>/*`` for each request; the connection's host or ``extra.url`` holds the URL.

    ``options.path`` names another place: a pattern with ``{request}``, ``{period}`` (YYYY-MM), ``{first}`` and
    ``{last}`` (the month's days, as in ``{first:%Y%m%d}``). Each file is copied to a temporary one, which is gone
    when the next is asked for, so that memory does not grow with it. ``extra.storage`` goes to fsspec.

    Raises
    ------
    NotYetPublished
        When a request has no file for the period yet.
    TwoExports
        When the files of a request stand in more than one folder.
    CutOff
        When a file did not come in whole.
    """
    url = str(secrets.extra.get("url") or secrets.host).rstrip("/")
    fs, root = fsspec.url_to_fs(url, **dict(secrets.extra.get("storage") or {}))
    for request in source.requests:
        options = source.options_for(request)
        place = _place(str(options.pop("path", PATTERN)), request, period)
        # Buckets change behind fsspec's back: what it listed before may be stale.
        fs.invalidate_cache()
        files = sorted(path for path in fs.glob(f"{root}/{place}") if _is_data(fs, path, suffixes))
        if not files:
            raise NotYetPublished(f"{source.id}: no file under …/{place} yet")
        if len({path.rsplit("/", 1)[0] for path in files}) > 1:
            raise TwoExports(
                f"{source.id}: files under …/{place} stand in several folders ({files[0]}, {files[-1]}); "
                "let the export overwrite its month, or narrow options.path"
            )
        for part, path in enumerate(files, start=1):
            with tempfile.TemporaryDirectory() as folder:
                local = _copy(fs, path, Path(folder) / "document")
                yield Document(local, path.rsplit("/", 1)[-1], request, part, len(files), options)


def _place(pattern: str, request: str, period: str) -> str:
    first = dt.date.fromisoformat(f"{period}-01")
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return pattern.format(request=request, period=period, first=first, last=last).lstrip("/")


def _is_data(fs: Any, path: str, suffixes: tuple[str, ...]) -> bool:
    name = path.rsplit("/", 1)[-1]
    return name[:1] not in "._" and (not suffixes or name.lower().endswith(suffixes)) and not fs.isdir(path)


def _copy(fs: Any, path: str, local: Path) -> Path:
    stated = fs.info(path)["size"]
    fs.get_file(path, str(local))
    if stated is not None and local.stat().st_size != stated:
        raise CutOff(
            f"{path}: {local.stat().st_size} of {stated} bytes came in; the transfer was cut off, ask again"
        )
    return local
