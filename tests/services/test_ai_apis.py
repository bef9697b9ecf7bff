"""A month of tokens over HTTP: every token once, whatever fails on the way, and nothing about persons."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Iterator
from typing import Any

import pytest

from connectors import _http, anthropic_usage, azure_openai, litellm_usage, openai_usage
from connectors.base import NotYetPublished, Secrets, Source

from . import fake_ai_apis
from .fake_ai_apis import ADMIN_KEY, RESOURCE, USED, AiApis
from .fake_http import Fault, serving
from .reading import assert_whole, fetched, rows_of

MONTH = "2026-09"
EXPIRED = "-".join(("sk", "expired", "1"))
OPENAI = Source("openai", "openai_usage", ("org-world",))
ANTHROPIC = Source("anthropic", "anthropic_usage", ("org-world",))
AZURE = Source("azure", "azure_openai", ("chat",), {}, {"chat": {"resource": f"{RESOURCE}/"}})
GATEWAY = Source("gateway", "litellm_usage", ("gateway",))
ROUTES = [
    (openai_usage.connector, OPENAI, "/organization/usage/completions"),
    (anthropic_usage.connector, ANTHROPIC, "/usage_report/messages"),
    (litellm_usage.connector, GATEWAY, "/spend/logs"),
]
METRICS = (azure_openai.connector, AZURE, "/Microsoft.Insights/metrics")
OUTPUT = {
    "openai": sum(USED.values()),
    "anthropic": sum(USED.values()),
    "gateway": 60,
    "azure": sum(USED.values()),
}


@pytest.fixture
def naps() -> list[float]:
    """The naps between attempts."""
    return []


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch, naps: list[float]) -> Iterator[AiApis]:
    """The fake, and no nap between attempts."""
    patient = {**(_http.request.__kwdefaults__ or {}), "sleep": naps.append}
    monkeypatch.setattr(_http.request, "__kwdefaults__", patient)
    with serving(AiApis()) as state:
        yield state


def month(connector: Any, source: Source, api: AiApis, key: str = ADMIN_KEY) -> list[dict[str, Any]]:
    documents = fetched(connector, source, MONTH, Secrets(host=api.url, password=key))
    assert_whole(documents)
    return rows_of(connector, documents)


def test_openai_pages_hold_each_day_once_by_project_and_model(api: AiApis) -> None:
    rows = [row for row in month(openai_usage.connector, OPENAI, api) if row["counted_unit"] is None]
    found = {(row["day"].day, row["project"], row["model"]): row["output_tokens"] for row in rows}
    assert found == USED and len(rows) == len(USED)
    # 30 days in pages of 7, for completions and for embeddings.
    assert api.count("completions") == api.count("embeddings") == 5
    first = rows[0]
    assert (first["day"], first["provider"], first["service"], first["account"]) == (
        dt.date(2026, 9, 1), "openai", "completions", "org-world",
    )  # fmt: skip
    assert (first["input_tokens"], first["cached_input_tokens"], first["requests"]) == (400_000, 40_000, 3)


def test_openai_images_and_audio_are_counted_and_hold_no_tokens(api: AiApis) -> None:
    rows = [row for row in month(openai_usage.connector, OPENAI, api) if row["counted_unit"]]
    assert [(row["service"], row["counted"], row["counted_unit"]) for row in rows] == [
        ("images", 5, "image"), ("audio_speeches", 4_200, "character"), ("audio_transcriptions", 61, "second"),
    ]  # fmt: skip
    assert {(row["output_tokens"], row["requests"], row["day"].day, row["project"]) for row in rows} == {
        (0, 2, 2, "proj_assist")
    }
    assert [api.count(f"/usage/{kind}") for kind in fake_ai_apis.COUNTED] == [5, 5, 5]


def test_openai_s_routes_can_be_named(api: AiApis) -> None:
    source = Source("openai", "openai_usage", ("org-world",), {"kinds": ["embeddings", "images"]})
    assert [row["counted"] for row in month(openai_usage.connector, source, api)] == [5]
    assert api.count("completions") == api.count("audio") == 0


def test_anthropic_input_is_fresh_read_and_written(api: AiApis) -> None:
    rows = month(anthropic_usage.connector, ANTHROPIC, api)
    assert {(row["day"].day, row["project"]) for row in rows} == {(day, project) for day, project, _ in USED}
    assert api.count("messages") == 5
    # 8 uncached + 1 from the cache + 1 written to it.
    assert all(row["input_tokens"] == 10 * row["output_tokens"] for row in rows)
    assert all(row["cached_input_tokens"] == row["output_tokens"] and row["requests"] is None for row in rows)


def test_a_gateway_lands_tokens_and_labels_and_nothing_about_persons(api: AiApis) -> None:
    documents = fetched(litellm_usage.connector, GATEWAY, MONTH, Secrets(host=api.url, password=ADMIN_KEY))
    assert_whole(documents)
    landed = b"".join(document.data for document in documents if isinstance(document.data, bytes))
    for secret in (b"jane", b"4711", b"secret", b"192.0.2.1", b"hash", b"metadata"):
        assert secret not in landed
    rows = rows_of(litellm_usage.connector, documents)
    assert [(row["project"], row["tags"], row["is_repeat"]) for row in rows] == [
        ("assist", '["lifecycle_phase:production"]', repeated) for repeated in (False, False, True)
    ]


@pytest.mark.parametrize(("connector", "source", "route"), [*ROUTES, METRICS])
def test_passing_faults_lose_nothing_and_double_nothing(
    connector: Any, source: Source, route: str, api: AiApis, naps: list[float]
) -> None:
    api.faults = [
        Fault(route, 429, b'{"error": "rate limit"}', {"Retry-After": "9"}),
        Fault(route, 500, b"<html>oops</html>", nth=2),
        Fault(route, cut_body_at=40, nth=3),
    ]
    rows = month(connector, source, api)
    assert sum(row["output_tokens"] for row in rows) == OUTPUT[source.id]
    assert naps[0] == 9.0 and len(naps) == 3


@pytest.mark.parametrize(("connector", "source", "route"), [*ROUTES, METRICS])
def test_an_expired_key_is_told_and_not_shown(
    connector: Any, source: Source, route: str, api: AiApis
) -> None:
    with pytest.raises(_http.SourceError, match=rf"^{source.id}") as told:
        month(connector, source, api, key=EXPIRED)
    assert EXPIRED not in "".join(traceback.format_exception(told.value))
    assert api.count(route) == 1


@pytest.mark.parametrize(("connector", "source", "route"), [*ROUTES, METRICS])
def test_a_month_that_runs_is_not_asked_for(connector: Any, source: Source, route: str, api: AiApis) -> None:
    with pytest.raises(NotYetPublished):
        fetched(connector, source, "2999-01", Secrets(host=api.url, password=ADMIN_KEY))
    assert api.requests == []


@pytest.mark.parametrize(("connector", "source", "route"), ROUTES)
def test_one_key_never_answers_for_two_organizations(
    connector: Any, source: Source, route: str, api: AiApis
) -> None:
    two = Source(source.id, source.connector, ("a", "b"))
    with pytest.raises(_http.SourceError, match="one organization"):
        fetched(connector, two, MONTH, Secrets(host=api.url, password=ADMIN_KEY))


@pytest.mark.parametrize("next_page", [None, "page_0", "page_7"])
def test_pages_that_lead_nowhere_are_an_error(
    api: AiApis, monkeypatch: pytest.MonkeyPatch, next_page: str | None
) -> None:
    monkeypatch.setattr(api, "_days", lambda *_: ([], next_page))
    monkeypatch.setattr(fake_ai_apis, "as_json", _always_more)
    with pytest.raises(_http.SourceError, match="names no new page"):
        month(openai_usage.connector, OPENAI, api)


def _always_more(status: int, value: dict[str, Any]) -> Any:
    from .fake_http import as_json

    return as_json(status, value | {"has_more": True})


def test_a_log_that_grows_while_it_is_read_is_an_error(api: AiApis) -> None:
    documents = litellm_usage.connector.fetch(GATEWAY, MONTH, Secrets(host=api.url, password=ADMIN_KEY))
    next(documents)
    api.logs += api.logs
    with pytest.raises(_http.SourceError, match="changed while it was read"):
        next(documents)


def test_a_host_that_is_something_else_is_told(api: AiApis) -> None:
    api.faults = [Fault("spend", 200)]
    api.answer = lambda asked: (200, {}, b"<html>hello</html>")  # type: ignore[method-assign]
    for connector, source, _ in ROUTES:
        with pytest.raises(_http.SourceError, match="is the host"):
            month(connector, source, api)


def test_azure_openai_tells_deployments_and_models_by_day(api: AiApis) -> None:
    rows = month(azure_openai.connector, AZURE, api)
    written = {
        (row["day"].day, row["project"], row["model"]): row["output_tokens"]
        for row in rows
        if row["output_tokens"]
    }
    assert written == {
        (day, project or "default", model): tokens for (day, project, model), tokens in USED.items()
    }
    assert sum(row["input_tokens"] for row in rows) == 10 * sum(USED.values())
    assert {row["account"] for row in rows} == {RESOURCE.lower()}
