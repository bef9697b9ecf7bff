"""Azure OpenAI's tokens out of Azure Monitor: by day, deployment and model of a resource."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from connectors import _tokens, base
from connectors._azure import credential
from connectors._azure_metrics import TOP, Series, ask, series
from connectors._batches import RowError, batches
from connectors._json import text
from connectors._periods import bounds, wait_for_its_end

# What a metric counts, by our names.
METRICS = {
    "ProcessedPromptTokens": "input_tokens",
    "GeneratedTokens": "output_tokens",
    "AzureOpenAIRequests": "requests",
}
DIMENSIONS = ("ModelDeploymentName", "ModelName")


class Connector(base.Connector):
    """One request is one Azure OpenAI or Foundry resource; options: ``resource`` (its id), ``top``."""

    SCHEMA = _tokens.SCHEMA

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Ask each resource for the month by day, once it has ended in UTC."""
        wait_for_its_end(period, source.id)
        tokens = credential(secrets, source.id)
        since, until = bounds(period)
        for name in source.requests:
            options = {"top": TOP, **source.options_for(name)}
            query = {
                "metricnames": ",".join(METRICS),
                "timespan": f"{since}T00:00:00Z/{until}T00:00:00Z",
                "interval": "P1D",
                "aggregation": "Total",
                "top": str(options["top"]),
                "$filter": " and ".join(f"{dimension} eq '*'" for dimension in DIMENSIONS),
            }
            body = ask(
                tokens, secrets.host, str(options["resource"]).strip("/"), query, f"{source.id} ({name})"
            )
            yield base.Document(body, f"tokens-{period}.json", name, options=options)

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one answer: a row per metric, series and day that has a figure; rows of one day add up."""
        return batches(_rows(document), self.SCHEMA)


def _rows(document: base.Document) -> Iterator[dict[str, Any] | base.Reject]:
    row = 0
    seen: dict[tuple[Any, ...], int] = {}
    for one in series(document, tuple(METRICS)):
        for point in one.points:
            row += 1
            try:
                line = _line(document, one, point)
                if line is None:
                    continue
                first = seen.setdefault(
                    (one.metric, one.resource, line["model"], line["project"], line["day"]), row
                )
                if first != row:
                    raise RowError(
                        "timeStamp", line["day"], f"stands twice, duplicate of row {first}", "fetch it again"
                    )
                yield {"document_row": row} | line
            except RowError as error:
                yield error.reject(row, json.dumps([one.metric, dict(one.dimensions), point]))


def _line(document: base.Document, one: Series, point: Any) -> dict[str, Any] | None:
    if not isinstance(point, Mapping) or not isinstance(point.get("timeStamp"), str):
        raise RowError("data", point, "has no timeStamp", "fetch it again")
    if point.get("total") is None:
        return None
    return {
        "day": _tokens.day_of("timeStamp", point["timeStamp"]),
        "provider": "azure_openai",
        "model": _tokens.named("ModelName", one.dimensions.get("modelname"), "ask with $filter by ModelName"),
        "service": "azure_openai",
        "account": one.resource or document.request,
        "project": text("ModelDeploymentName", one.dimensions.get("modeldeploymentname")),
        **dict.fromkeys(("input_tokens", "cached_input_tokens", "output_tokens"), 0),
        METRICS[one.metric]: _tokens.count("total", point["total"]),
        "is_repeat": False,
    }


connector = Connector()
