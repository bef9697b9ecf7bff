"""Small documents of token usage, made from a list of counts: one row per count of output tokens."""

from __future__ import annotations

import json
from typing import Any

from connectors.base import Document

START = 1_788_220_800  # 2026-09-01 UTC
CSV = "date,provider,model,project,input_tokens,output_tokens,requests"
LITELLM = (
    "startTime,call_type,custom_llm_provider,model,prompt_tokens,completion_tokens,team_id,user,messages"
)


def openai_result(n: int, value: Any) -> dict[str, Any]:
    """One result of a bucket."""
    return {"object": "organization.usage.completions.result", "input_tokens": 9, "input_cached_tokens": 1,
            "output_tokens": value, "num_model_requests": 2, "project_id": f"proj_{n}", "model": "gpt-4o é",
            "batch": None}  # fmt: skip


def anthropic_result(n: int, value: Any, **more: Any) -> dict[str, Any]:
    """One result of a bucket; ``more`` says how cache writes are told."""
    return {"uncached_input_tokens": 8, "cache_read_input_tokens": 1, "output_tokens": value, "workspace_id": f"w{n}",
            "model": "claude-sonnet-4-5 é", **more}  # fmt: skip


def page(results: list[dict[str, Any]], start: str = "start_time", at: Any = START) -> bytes:
    """A page with one bucket."""
    told = {"object": "page", "data": [{start: at, "results": results}], "has_more": False, "next_page": None}
    return json.dumps(told, ensure_ascii=False).encode()


def azure_answer(values: dict[str, list[tuple[str, str, Any]]]) -> bytes:
    """Metrics by name, each with (deployment, model, total of the first day)."""
    metrics = [
        {
            "id": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/ai"
            f"/providers/Microsoft.Insights/metrics/{name}",
            "name": {"value": name}, "errorCode": "Success",
            "timeseries": [
                {
                    "metadatavalues": [{"name": {"value": "ModelDeploymentName"}, "value": deployment},
                                       {"name": {"value": "modelname"}, "value": model}],
                    "data": [{"timeStamp": "2026-09-01T00:00:00Z", "total": total}, {"timeStamp": "2026-09-02T00:00:00Z"}],
                }
                for deployment, model, total in series
            ],
        }
        for name, series in values.items()
    ]  # fmt: skip
    return json.dumps({"cost": 0, "interval": "P1D", "value": metrics}, ensure_ascii=False).encode()


def _data(name: str, values: list[Any]) -> bytes:
    numbered = list(enumerate(values, 1))
    if name == "openai_usage":
        return page([openai_result(n, v) for n, v in numbered])
    if name == "anthropic_usage":
        return page([anthropic_result(n, v) for n, v in numbered], "starting_at", "2026-09-01T00:00:00Z")
    if name == "azure_openai":
        return azure_answer({"GeneratedTokens": [(f"chat-{n}", "gpt-4o é", v) for n, v in numbered]})
    if name == "token_usage":
        return "\n".join([CSV, *(f"2026-09-01,mistral,é,p{n},5,{v},2" for n, v in numbered), ""]).encode()
    rows = (f"2026-09-01T10:00:0{n}Z,acompletion,mistral,é,5,{v},p{n},jane,hello" for n, v in numbered)
    return "\n".join([LITELLM, *rows, ""]).encode()


NAMES = ("openai_usage", "anthropic_usage", "azure_openai", "token_usage", "litellm_usage")


def document(name: str, values: list[Any]) -> Document:
    """A document of the source with one row per value."""
    kind = "csv" if name in ("token_usage", "litellm_usage") else "json"
    return Document(_data(name, values), f"{name}.{kind}", "r")
