"""Fetch and parse as a close does: documents scrubbed, then read into rows, nothing lost on the way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from connectors.base import Connector, Document, Secrets, Source


def fetched(connector: Connector, source: Source, period: str, secrets: Secrets) -> list[Document]:
    """Fetch a month and scrub it, as ingest does before landing."""
    return [connector.scrub(document) for document in connector.fetch(source, period, secrets)]


def rows_of(connector: Connector, documents: Iterable[Document]) -> list[dict[str, Any]]:
    """Parse the documents; give their accepted rows, and fail on any reject."""
    rows: list[dict[str, Any]] = []
    for document in documents:
        for parsed in connector.parse(document):
            assert parsed.rejects == (), f"{document.name}: {parsed.rejects}"
            rows += parsed.rows.to_pylist()
    return rows


def assert_whole(documents: list[Document]) -> None:
    """Assert that each request's parts are 1, 2, ... up to the last part they all name."""
    for request in {document.request for document in documents}:
        parts = [d.part for d in documents if d.request == request]
        assert parts == list(range(1, len(parts) + 1))
        assert {d.last_part for d in documents if d.request == request} == {len(parts)}
