"""OpenAI's and Anthropic's usage routes and LiteLLM's spend log, as their pages document them; figures are made up.

One organization each. Daily buckets, at most ``PAGE_DAYS`` of them a page; ungrouped dimensions are null.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from .fake_http import Asked, Fake, Reply, as_json

ADMIN_KEY = "sk-admin-0000"
RESOURCE = "/subscriptions/0/resourceGroups/ai/providers/Microsoft.CognitiveServices/accounts/chat"
PAGE_DAYS = 7
# On the second of the month, where no tokens are counted: route → field and figure.
COUNTED = {
    "images": ("images", 5),
    "audio_speeches": ("characters", 4_200),
    "audio_transcriptions": ("seconds", 61),
}
LOGS_A_PAGE = 2
# (day, project, model) → output tokens; input is ten times as much, a tenth of it from the cache.
USED = {
    (1, "proj_assist", "gpt-4o-2024-08-06"): 40_000,
    (9, "proj_docai", "gpt-4o-2024-08-06"): 1_000,
    (30, None, "gpt-4o-mini"): 7,
}
LOGS = [
    {"request_id": f"r{n}", "startTime": f"2026-09-0{n}T10:00:00Z", "model": "mistral-large-latest",
     "custom_llm_provider": "mistral", "prompt_tokens": 100 * n, "completion_tokens": 10 * n, "team_id": "assist",
     "request_tags": ["lifecycle_phase:production"], "user": "jane@example.org", "end_user": "4711",
     "messages": [{"role": "user", "content": "a secret question"}], "response": {"text": "a secret answer"},
     "api_key": "hash", "requester_ip_address": "192.0.2.1", "metadata": {"user_api_key_user_email": "jane@example.org"},
     "cache_hit": "True" if n == 3 else "False"}
    for n in (1, 2, 3)
]  # fmt: skip


@dataclass
class AiApis(Fake):
    """What was used, and the spend log's length on each page asked."""

    used: dict[tuple[int, str | None, str], int] = field(default_factory=lambda: dict(USED))
    logs: list[dict[str, Any]] = field(default_factory=lambda: list(LOGS))

    def answer(self, asked: Asked) -> Reply:
        """Answer the routes to those who hold the key."""
        sent = {name.lower(): value for name, value in asked.headers.items()}
        if ADMIN_KEY not in (sent.get("x-api-key"), sent.get("authorization", "").removeprefix("Bearer ")):
            return as_json(
                401, {"error": {"code": "invalid_api_key", "message": "Incorrect API key provided."}}
            )
        place = urlsplit(asked.path)
        query = parse_qs(place.query)
        if place.path.startswith("/v1/organization/usage/"):
            return self._openai(place.path.rsplit("/", 1)[-1], query)
        if place.path == "/v1/organizations/usage_report/messages":
            if sent.get("anthropic-version") != "2023-06-01":
                return as_json(
                    400, {"type": "error", "error": {"message": "anthropic-version: header is required"}}
                )
            return self._anthropic(query)
        if place.path == f"{RESOURCE}/providers/Microsoft.Insights/metrics":
            return self._azure(query)
        if place.path == "/spend/logs/v2":
            return self._litellm(query)
        return as_json(404, {"error": {"message": f"Invalid URL (GET {place.path})"}})

    def _days(
        self, query: dict[str, list[str]], since: dt.date, until: dt.date
    ) -> tuple[list[dt.date], str | None]:
        at = int(query.get("page", ["page_0"])[0].removeprefix("page_"))
        days = [since + dt.timedelta(days=n) for n in range((until - since).days)]
        shown = days[at : at + min(PAGE_DAYS, int(query["limit"][0]))]
        return shown, f"page_{at + len(shown)}" if at + len(shown) < len(days) else None

    def _openai(self, kind: str, query: dict[str, list[str]]) -> Reply:
        since, until = (
            dt.datetime.fromtimestamp(int(query[name][0]), dt.UTC).date()
            for name in ("start_time", "end_time")
        )
        days, following = self._days(query, since, until)
        grouped = set(query.get("group_by[]", []))
        data = []
        for day in days:
            start = int(dt.datetime.combine(day, dt.time(), dt.UTC).timestamp())
            results = [
                {
                    "object": f"organization.usage.{kind}.result",
                    "input_tokens": 10 * tokens, "input_cached_tokens": tokens, "output_tokens": tokens,
                    "num_model_requests": 3, "user_id": None, "api_key_id": None, "batch": None,
                    "project_id": project if "project_id" in grouped else None,
                    "model": model if "model" in grouped else None,
                }
                for (number, project, model), tokens in self.used.items()
                if kind == "completions" and day.day == number
            ]  # fmt: skip
            if kind in COUNTED and day.day == 2:
                name, figure = COUNTED[kind]
                results.append(
                    {
                        "object": f"organization.usage.{kind}.result", name: figure, "num_model_requests": 2, "user_id": None,
                        "api_key_id": None, "project_id": "proj_assist", "model": f"model-of-{kind}",
                    }
                )  # fmt: skip
            data.append(
                {"object": "bucket", "start_time": start, "end_time": start + 86_400, "results": results}
            )
        return as_json(
            200, {"object": "page", "data": data, "has_more": following is not None, "next_page": following}
        )

    def _anthropic(self, query: dict[str, list[str]]) -> Reply:
        since, until = (dt.date.fromisoformat(query[name][0][:10]) for name in ("starting_at", "ending_at"))
        days, following = self._days(query, since, until)
        data = []
        for day in days:
            results = [
                {
                    "uncached_input_tokens": 8 * tokens, "cache_read_input_tokens": tokens, "output_tokens": tokens,
                    "cache_creation": {"ephemeral_5m_input_tokens": tokens, "ephemeral_1h_input_tokens": 0},
                    "server_tool_use": {"web_search_requests": 1}, "model": "claude-sonnet-4-5-20250929",
                    "workspace_id": project, "api_key_id": None,
                }
                for (number, project, _), tokens in self.used.items()
                if day.day == number
            ]  # fmt: skip
            data.append(
                {"starting_at": f"{day}T00:00:00Z", "ending_at": f"{day}T23:59:59Z", "results": results}
            )
        return as_json(200, {"data": data, "has_more": following is not None, "next_page": following})

    def _azure(self, query: dict[str, list[str]]) -> Reply:
        if not all(f"{name} eq '*'" in query["$filter"][0] for name in ("ModelDeploymentName", "ModelName")):
            return as_json(400, {"error": {"code": "BadRequest"}})
        since = dt.date.fromisoformat(query["timespan"][0][:10])
        wanted = {"ProcessedPromptTokens": 10, "GeneratedTokens": 1, "AzureOpenAIRequests": 0}
        metrics = [
            {
                "id": f"{RESOURCE}/providers/Microsoft.Insights/metrics/{metric}", "name": {"value": metric},
                "errorCode": "Success",
                "timeseries": [
                    {
                        "metadatavalues": [
                            {"name": {"value": "modeldeploymentname"}, "value": project or "default"},
                            {"name": {"value": "modelname"}, "value": model},
                        ],
                        "data": [
                            {"timeStamp": f"{since + dt.timedelta(days=day - 1)}T00:00:00Z",
                             "total": float(times * tokens or 3)},
                            {"timeStamp": f"{since}T00:00:00Z"},
                        ],
                    }
                    for (day, project, model), tokens in self.used.items()
                ],
            }
            for metric, times in wanted.items()
            if metric in query["metricnames"][0].split(",")
        ]  # fmt: skip
        return as_json(200, {"cost": 0, "interval": query["interval"][0], "value": metrics})

    def _litellm(self, query: dict[str, list[str]]) -> Reply:
        page = int(query["page"][0])
        size = min(LOGS_A_PAGE, int(query["page_size"][0]))
        total = -(-len(self.logs) // size)
        shown = self.logs[(page - 1) * size : page * size]
        return as_json(
            200,
            {"data": shown, "total": len(self.logs), "page": page, "page_size": size, "total_pages": total},
        )
