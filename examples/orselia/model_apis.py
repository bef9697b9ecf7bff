"""Hosted language models: OpenAI's usage pages for P-ASSIST and P-DOCAI, and the spend log of the group's gateway as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
from pathlib import Path
from typing import Any

from examples.orselia.story import MONTHS, month_end, month_start, rng, write

ORGANIZATION, GATEWAY = "org-orselia", "llm-gateway"
FIRST_MONTH, GATEWAY_FIRST = "2025-06", "2026-01"
# OpenAI gives at most 31 daily buckets a page; this organization's proxy asks for 16.
PAGE_DAYS = 16
# (OpenAI project, model, first month, last month, output tokens of a day in the first month, growth a month)
CALLED = (
    ("proj_adviser_assistant", "gpt-4o-2024-08-06", "2025-06", "2026-01", 120_000, 1.22),
    ("proj_adviser_assistant", "gpt-5-mini", "2026-02", "2026-10", 700_000, 1.12),
    ("proj_document_reading", "gpt-4o-mini", "2025-09", "2026-10", 2_400_000, 1.05),
    ("proj_sandbox", "gpt-4o", "2025-11", "2026-10", 9_000, 1.0),
)
EMBEDDED = ("proj_document_reading", "text-embedding-3-small", "2025-09", "2026-10")
# What is counted in no tokens: (route, project, model, field, first month, how many of it a month).
COUNTED = (
    ("images", "proj_sandbox", "gpt-image-1", "images", "2026-04", 40),
    ("audio_transcriptions", "proj_adviser_assistant", "whisper-1", "seconds", "2026-07", 90_000),
)
# What goes through the gateway, thirty calls a day at most: (team, provider, model, first, last, output tokens a call).
ROUTED = (
    ("adviser-assistant", "mistral", "mistral/mistral-large-latest", "2026-01", "2026-10", 5_200),
    ("adviser-assistant", "openai", "openai/gpt-5-mini", "2026-02", "2026-10", 900),
    ("document-reading", "anthropic", "anthropic/claude-sonnet-4-5-20250929", "2026-03", "2026-10", 3_100),
    # Nobody knows this model: an internal name that no alias explains.
    ("document-reading", "mistral", "mistral/orselia-forms-2", "2026-06", "2026-10", 2_000),
    ("", "bedrock", "bedrock/eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "2026-05", "2026-10", 800),
)
HEADER = ("request_id", "startTime", "call_type", "custom_llm_provider", "model", "prompt_tokens", "completion_tokens",
          "cache_hit", "team_id", "request_tags", "user", "messages")  # fmt: skip


def write_history(root: Path) -> None:
    """Write OpenAI's pages and the gateway's log, one delivery per month."""
    for month in MONTHS:
        if month >= FIRST_MONTH:
            told = {
                f"completions-{month}-{number}": page for number, page in enumerate(pages(month), start=1)
            }
            told[f"embeddings-{month}-1"] = _page([_bucket(_days(month)[0], _embedded(month))], None)
            for kind, *_, first, _ in COUNTED:
                if month >= first:
                    told[f"{kind}-{month}-1"] = _page([_bucket(_days(month)[0], _counted(kind, month))], None)
            for name, page in told.items():
                _write(
                    root,
                    ("openai_usage", ORGANIZATION, month, f"{name}.json.gz"),
                    json.dumps(page).encode() + b"\n",
                )
        if month >= GATEWAY_FIRST:
            _write(root, ("llm_gateway", GATEWAY, month, f"spend-logs-{month}.csv.gz"), spend_log(month))


def _write(root: Path, parts: tuple[str, ...], data: bytes) -> None:
    write(root, parts, gzip.compress(data, mtime=0))


def pages(month: str) -> list[dict[str, Any]]:
    """A month's completions in pages of daily buckets; days on which nothing ran are empty buckets."""
    days = _days(month)
    parts = [days[at : at + PAGE_DAYS] for at in range(0, len(days), PAGE_DAYS)]
    return [
        _page(
            [_bucket(day, _completions(day, month)) for day in part],
            None if part is parts[-1] else f"page_{at}",
        )
        for at, part in enumerate(parts, start=1)
    ]


def _days(month: str) -> list[dt.datetime]:
    start = month_start(month)
    return [start + dt.timedelta(days=n) for n in range((month_end(month) - start).days)]


def _page(buckets: list[dict[str, Any]], following: str | None) -> dict[str, Any]:
    return {"object": "page", "data": buckets, "has_more": following is not None, "next_page": following}


def _bucket(day: dt.datetime, results: list[dict[str, Any]]) -> dict[str, Any]:
    start = int(day.timestamp())
    return {"object": "bucket", "start_time": start, "end_time": start + 86_400, "results": results}


def _completions(day: dt.datetime, month: str) -> list[dict[str, Any]]:
    # Advisers do not work on Sundays.
    if day.weekday() == 6:
        return []
    found = []
    for project, model, first, last, tokens, growth in CALLED:
        if first <= month <= last:
            level = growth ** (MONTHS.index(month) - MONTHS.index(first))
            spread = 0.8 + 0.4 * rng("openai", project, model, f"{day:%Y-%m-%d}").random()
            written = int(tokens * level * spread)
            found.append(
                {
                    "object": "organization.usage.completions.result", "input_tokens": 6 * written,
                    "output_tokens": written, "input_cached_tokens": 2 * written, "num_model_requests": written // 350 + 1,
                    "project_id": project, "user_id": None, "api_key_id": None, "model": model, "batch": None,
                }
            )  # fmt: skip
    return found


def _embedded(month: str) -> list[dict[str, Any]]:
    project, model, first, last = EMBEDDED
    if not first <= month <= last:
        return []
    tokens = 3_000_000 + rng("openai", "embeddings", month).randrange(500_000)
    return [
        {
            "object": "organization.usage.embeddings.result", "input_tokens": tokens, "num_model_requests": tokens // 900,
            "project_id": project, "user_id": None, "api_key_id": None, "model": model,
        }
    ]  # fmt: skip


def _counted(route: str, month: str) -> list[dict[str, Any]]:
    return [
        {
            "object": f"organization.usage.{kind}.result", field: round(mean * (0.8 + 0.4 * rng("openai", kind, month).random())),
            "num_model_requests": mean // 30 + 1, "project_id": project, "user_id": None, "api_key_id": None, "model": model,
        }
        for kind, project, model, field, _, mean in COUNTED
        if kind == route
    ]  # fmt: skip


def spend_log(month: str) -> bytes:
    """The gateway's log as it lies in its database: whom it names and what was asked is dropped before landing."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for team, provider, model, first, last, tokens in ROUTED:
        if not first <= month <= last:
            continue
        for day in _days(month)[::3]:
            dice = rng("gateway", model, f"{day:%Y-%m-%d}")
            written = int(tokens * (0.6 + 0.8 * dice.random())) * 20
            tags = json.dumps(["lifecycle_phase:development"] if dice.random() < 0.1 else [])
            at = day + dt.timedelta(minutes=dice.randrange(480, 1080))
            writer.writerow([
                f"{dice.randrange(16**8):08x}", f"{at:%Y-%m-%dT%H:%M:%SZ}", "acompletion", provider, model, 4 * written,
                written, dice.random() < 0.04, team, tags, f"adviser-{dice.randrange(40)}", "[text of the question]",
            ])  # fmt: skip
    return out.getvalue().encode()
