"""OpenAI's organization usage by day, project and model: tokens; of images, speech and transcriptions their counts."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from connectors import _tokens, base
from connectors._batches import RowError, batches
from connectors._http import SourceError, request
from connectors._json import answer, listed, text
from connectors._periods import bounds, wait_for_its_end

HOST = "https://api.openai.com"
# What a route counts where it counts no tokens: the field, and one of it.
COUNTED = {
    "images": ("images", "image"),
    "audio_speeches": ("characters", "character"),
    "audio_transcriptions": ("seconds", "second"),
}
KINDS = ("completions", "embeddings", *COUNTED)
# Daily buckets come 31 at most at a time: a month's answer has pages where a proxy or the API allows fewer.
DAYS = 31
RESULT = "organization.usage."


class Connector(base.Connector):
    """One request is one organization, one connection its admin key; options: ``kinds``."""

    SCHEMA = _tokens.SCHEMA

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Ask for the month by day, grouped by project and model: users and keys are not asked for.

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
        options = source.options_for(name)
        start, end = (int(dt.datetime.combine(day, dt.time(), dt.UTC).timestamp()) for day in bounds(period))
        landed: list[tuple[str, bytes]] = []
        for kind in options.get("kinds", KINDS):
            asked = {"start_time": start, "end_time": end, "bucket_width": "1d", "limit": DAYS,
                     "group_by[]": ["project_id", "model"]}  # fmt: skip
            place = f"{source.id} ({kind})"

            def ask(
                page: str | None, kind: str = kind, asked: dict[str, Any] = asked, place: str = place
            ) -> bytes:
                try:
                    return request(
                        "GET",
                        f"{(secrets.host or HOST).rstrip('/')}/v1/organization/usage/{kind}",
                        params=asked | ({"page": page} if page else {}),
                        headers={"Authorization": f"Bearer {secrets.password}"},
                    )
                except SourceError as error:
                    raise _said(error, place) from None

            landed += [(f"{kind}-{period}-{number}.json", body)
                       for number, body in enumerate(_tokens.pages(ask, place), start=1)]  # fmt: skip
        yield from _tokens.documents(landed, name, options)

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one page of daily buckets; input tokens hold the cached ones, as OpenAI counts them."""
        return batches(_rows(document), self.SCHEMA)


def _said(error: SourceError, place: str) -> SourceError:
    if "HTTP 401" in str(error) or "HTTP 403" in str(error):
        return SourceError(
            f"{place}: OpenAI refuses the key (expired, deleted, or no admin key with the scope api.usage.read): "
            "see docs/sources/ai-apis.md"
        )
    return SourceError(f"{place}: {error}")


def _rows(document: base.Document) -> Iterator[dict[str, Any] | base.Reject]:
    given = answer(document)
    listed(document, given, "data")
    seen: dict[str, int] = {}
    for row, start, result in _tokens.buckets(document, given, "start_time"):
        try:
            line = _line(document, start, result)
            _tokens.once(seen, row, start, result)
            yield {"document_row": row} | line
        except RowError as error:
            yield error.reject(row, json.dumps({"start_time": start, "result": result}, ensure_ascii=False))


def _line(document: base.Document, start: Any, result: Any) -> dict[str, Any]:
    if not isinstance(result, dict):
        raise RowError("results", result, "is no object", "fetch it again")
    kind = str(result.get("object", ""))
    if not kind.startswith(RESULT):
        raise RowError("object", kind, f"is not {RESULT}…", "drop answers of the usage routes alone")
    service = kind.removeprefix(RESULT).removesuffix(".result")
    return {
        "day": _tokens.day_of("start_time", start),
        "provider": "openai",
        "model": _tokens.named(
            "model", result.get("model"), "ask with group_by[]=model: null means all models"
        ),
        "service": service,
        "account": document.request,
        "project": text("project_id", result.get("project_id")),
        "input_tokens": _tokens.count("input_tokens", result.get("input_tokens")),
        "cached_input_tokens": _tokens.count("input_cached_tokens", result.get("input_cached_tokens")),
        "output_tokens": _tokens.count("output_tokens", result.get("output_tokens")),
        "requests": _tokens.count("num_model_requests", result.get("num_model_requests")),
        "is_repeat": False,
    } | _counted(service, result)


def _counted(service: str, result: dict[str, Any]) -> dict[str, Any]:
    if service not in COUNTED:
        return {}
    field, unit = COUNTED[service]
    given = result.get(field)
    if not isinstance(given, int | float) or isinstance(given, bool) or not 0 <= given <= _tokens.MAX_COUNT:
        raise RowError(field, given, f"is no number of {unit}s", "fetch the month again")
    return {"counted": float(given), "counted_unit": unit}


connector = Connector()
