"""Anthropic's usage report of messages: tokens by day, workspace and model."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from connectors import _tokens, base
from connectors._batches import RowError, batches
from connectors._http import SourceError, request
from connectors._json import answer, listed, text
from connectors._periods import bounds, wait_for_its_end

HOST = "https://api.anthropic.com"
VERSION = "2023-06-01"
DAYS = 31
# How cache writes are told: as an object, or flattened by tools between the API and the file.
CACHE_WRITES = ("ephemeral_5m_input_tokens", "ephemeral_1h_input_tokens")


class Connector(base.Connector):
    """One request is one organization, one connection its admin key."""

    SCHEMA = _tokens.SCHEMA

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Ask for the month by day, grouped by workspace and model: keys are not asked for.

        The connection: password = admin key, host = another address.

        Raises
        ------
        NotYetPublished
            Before the month has ended in UTC.
        SourceError
            When the key is refused, or after five attempts.
        """
        name = _tokens.one_organization(source)
        wait_for_its_end(period, source.id)
        start, end = (f"{day}T00:00:00Z" for day in bounds(period))
        asked = {"starting_at": start, "ending_at": end, "bucket_width": "1d", "limit": DAYS,
                 "group_by[]": ["workspace_id", "model"]}  # fmt: skip

        def ask(page: str | None) -> bytes:
            try:
                return request(
                    "GET",
                    f"{(secrets.host or HOST).rstrip('/')}/v1/organizations/usage_report/messages",
                    params=asked | ({"page": page} if page else {}),
                    headers={"x-api-key": secrets.password, "anthropic-version": VERSION},
                )
            except SourceError as error:
                raise _said(error, source.id) from None

        bodies = [(f"messages-{period}-{number}.json", body)
                  for number, body in enumerate(_tokens.pages(ask, source.id), start=1)]  # fmt: skip
        yield from _tokens.documents(bodies, name, source.options_for(name))

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one page of daily buckets; input = uncached + read from the cache + written to it."""
        return batches(_rows(document), self.SCHEMA)


def _said(error: SourceError, place: str) -> SourceError:
    if "HTTP 401" in str(error) or "HTTP 403" in str(error):
        return SourceError(
            f"{place}: Anthropic refuses the key (expired, deleted, or no admin key): see docs/sources/ai-apis.md"
        )
    return SourceError(f"{place}: {error}")


def _rows(document: base.Document) -> Iterator[dict[str, Any] | base.Reject]:
    given = answer(document)
    listed(document, given, "data")
    seen: dict[str, int] = {}
    for row, start, result in _tokens.buckets(document, given, "starting_at"):
        try:
            line = _line(document, start, result)
            _tokens.once(seen, row, start, result)
            yield {"document_row": row} | line
        except RowError as error:
            yield error.reject(row, json.dumps({"starting_at": start, "result": result}, ensure_ascii=False))


def _line(document: base.Document, start: Any, result: Any) -> dict[str, Any]:
    if not isinstance(result, dict):
        raise RowError("results", result, "is no object", "fetch it again")
    cached = _tokens.count("cache_read_input_tokens", result.get("cache_read_input_tokens"))
    fresh = _tokens.count("uncached_input_tokens", result.get("uncached_input_tokens"))
    return {
        "day": _tokens.day_of("starting_at", start),
        "provider": "anthropic",
        "model": _tokens.named(
            "model", result.get("model"), "ask with group_by[]=model: null means all models"
        ),
        "service": "messages",
        "account": document.request,
        # The default workspace has no id.
        "project": text("workspace_id", result.get("workspace_id")),
        "input_tokens": fresh + cached + _written(result),
        "cached_input_tokens": cached,
        "output_tokens": _tokens.count("output_tokens", result.get("output_tokens")),
        # The report counts no requests.
        "requests": None,
        "is_repeat": False,
    }


def _written(result: Mapping[str, Any]) -> int:
    nested = result.get("cache_creation")
    if nested is not None and not isinstance(nested, dict):
        raise RowError("cache_creation", nested, "is no object", "fetch it again")
    held = nested if nested is not None else result
    prefixes = ("",) if nested is not None else ("", "cache_creation_", "cache_creation.")
    total = 0
    for field in CACHE_WRITES:
        value = next((held[prefix + field] for prefix in prefixes if prefix + field in held), None)
        total += _tokens.count(field, value)
    # The oldest form: one figure for both lifetimes.
    if not total and nested is None:
        total = _tokens.count("cache_creation_input_tokens", result.get("cache_creation_input_tokens"))
    return total


connector = Connector()
