"""The one way in for dropped files: ``<inbox>/<source>/<request>/<period>/``, a folder being one delivery."""

from __future__ import annotations

import time
from collections.abc import Iterator

from connectors.base import Document, NotYetPublished, Source
from footing.storage import Store

SUCCESS = "_SUCCESS"
QUIET_SECONDS = 60.0


def dropped(store: Store, source: Source, period: str, now: float | None = None) -> Iterator[Document]:
    """Give the dropped files of a period as documents, for each request whose folder is whole.

    A folder is whole when ``_SUCCESS`` stands in it or nothing in it changed for a minute. Files are taken in the
    order of their names.

    Raises
    ------
    NotYetPublished
        When no request has a whole folder with a file in it.
    """
    found = False
    for request in source.requests:
        entries = store.files(f"{source.id}/{request}/{period}")
        files = [entry for entry in entries if not entry.path.rsplit("/", 1)[-1].startswith((".", "_"))]
        marked = any(entry.path.endswith(f"/{SUCCESS}") for entry in entries)
        newest = max((entry.modified or 0.0 for entry in files), default=0.0)
        if not files or not (marked or (now or time.time()) - newest >= QUIET_SECONDS):
            continue
        found = True
        for part, entry in enumerate(files, start=1):
            name = entry.path.rsplit("/", 1)[-1]
            yield Document(
                store.read(entry.path), name, request, part, len(files), source.options_for(request)
            )
    if not found:
        raise NotYetPublished(f"{source.id}: nothing was dropped under {source.id}/…/{period}/ yet")
