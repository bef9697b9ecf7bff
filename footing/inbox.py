"""The one way in for dropped files: ``<inbox>/<source>/<request>/<period>/``, a folder being one delivery."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from connectors.base import Document, NotYetPublished, Source
from footing.storage import Entry, Store

SUCCESS = "_SUCCESS"
QUIET_SECONDS = 60.0


def dropped(store: Store, source: Source, period: str, now: float | None = None) -> Iterator[Document]:
    """Give the dropped files of a period as documents, for each request whose folder is whole.

    A folder is whole when ``_SUCCESS`` stands in it or nothing in it changed for a minute. Files are taken in the
    order of their names, from a copy: a file that is written anew meanwhile never lands half old, half new.

    Raises
    ------
    NotYetPublished
        When no request has a whole folder with a file in it.
    """
    found = False
    for request in source.requests:
        folder = f"{source.id}/{request}/{period}"
        files = _whole(store.files(folder), now or time.time())
        with tempfile.TemporaryDirectory() as kept:
            copies = [Path(kept) / str(part) for part in range(1, len(files) + 1)]
            for entry, copy in zip(files, copies, strict=True):
                store.copy_to(entry.path, copy)
            if not files or _documents(store.files(folder)) != files:
                continue
            found = True
            for part, (entry, copy) in enumerate(zip(files, copies, strict=True), start=1):
                yield Document(copy, _name(entry), request, part, len(files), source.options_for(request))
    if not found:
        raise NotYetPublished(f"{source.id}: nothing was dropped under {source.id}/…/{period}/ yet")


def _whole(entries: list[Entry], now: float) -> list[Entry]:
    """The folder's documents; none while it is being filled."""
    files = _documents(entries)
    marked = any(_name(entry) == SUCCESS for entry in entries)
    newest = max((entry.modified or 0.0 for entry in files), default=0.0)
    return files if marked or now - newest >= QUIET_SECONDS else []


def _documents(entries: list[Entry]) -> list[Entry]:
    return [entry for entry in entries if not _name(entry).startswith((".", "_"))]


def _name(entry: Entry) -> str:
    return entry.path.rsplit("/", 1)[-1]
