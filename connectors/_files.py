"""Sources without an API: their files stand in a folder or bucket, one place per request and period."""

from __future__ import annotations

from collections.abc import Iterator

import fsspec

from connectors.base import Document, NotYetPublished, Secrets, Source


def fetch_files(source: Source, period: str, secrets: Secrets) -> Iterator[Document]:
    """Read ``<url>/<request>/<period>/*`` for each request; the connection's host or ``extra.url`` holds the URL.

    Raises
    ------
    NotYetPublished
        When a request has no file for the period yet.
    """
    url = str(secrets.extra.get("url") or secrets.host).rstrip("/")
    for request in source.requests:
        folder = f"{url}/{request}/{period}"
        files = sorted(fsspec.open_files(f"{folder}/*", mode="rb"), key=lambda opened: opened.path)
        if not files:
            raise NotYetPublished(f"{source.id}: no file under …/{request}/{period}/ yet")
        for part, opened in enumerate(files, start=1):
            with opened as stream:
                data = stream.read()
            name = opened.path.rsplit("/", 1)[-1]
            yield Document(data, name, request, part, len(files), source.options_for(request))
