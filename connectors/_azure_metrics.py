"""Azure Monitor's answers: series of a resource's metrics under their dimensions, whole or refused."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from connectors import base
from connectors._azure import HOST, SCOPE
from connectors._http import SourceError, request
from connectors._json import answer, listed

API_VERSION = "2023-10-01"
# Without `top` ten series come and the rest is silently left out.
TOP = 10_000


@dataclass(frozen=True)
class Series:
    """One series: dimension names are in lower case, since Azure writes ``runId`` and ``RunId`` alike."""

    metric: str
    resource: str | None
    dimensions: Mapping[str, Any]
    points: list[Any]


def ask(tokens: Any, host: str, resource: str, query: Mapping[str, str], place: str) -> bytes:
    """Give the metrics of a resource.

    Raises
    ------
    SourceError
        Named by ``place``, on a refusal that will stay or after five attempts.
    """
    url = f"{(host or HOST).rstrip('/')}/{resource}/providers/Microsoft.Insights/metrics"
    try:
        return request(
            "GET",
            url,
            params={**query, "api-version": API_VERSION},
            headers={"Authorization": f"Bearer {tokens.get_token(SCOPE).token}"},
        )
    except SourceError as error:
        raise SourceError(f"{place}: {error}") from None


def series(document: base.Document, metrics: Collection[str]) -> Iterator[Series]:
    """Give the series of an answer, of these metrics and no other.

    Raises
    ------
    ParseError
        On another metric, an error inside a successful answer, or as many series as were asked for.
    """
    top = int(document.options.get("top", TOP))
    wanted = {metric.lower(): metric for metric in metrics}
    for metric in listed(document, answer(document), "value"):
        name = name_of(metric) if isinstance(metric, dict) else ""
        if name not in wanted:
            raise base.ParseError(
                f"{document.name}, field value.name.value: not {' or '.join(metrics)}; ask for that metric alone"
            )
        # An error of one metric comes inside a successful answer.
        if metric.get("errorCode") not in (None, "Success"):
            said = metric.get("errorMessage") or metric["errorCode"]
            raise base.ParseError(
                f"{document.name}, field value.errorCode: the service answered: {said}; ask again"
            )
        found = listed(document, metric, "timeseries")
        if len(found) >= top:
            raise base.ParseError(
                f"{document.name}, field timeseries: {len(found)} series, as many as were asked for; some may be "
                "missing: raise options.top or lower options.days and fetch it again"
            )
        resource = str(metric.get("id", "")).lower().split("/providers/microsoft.insights/")[0] or None
        for one in found:
            dimensions = {
                name_of(pair): pair.get("value")
                for pair in listed(document, one, "metadatavalues")
                if isinstance(pair, dict)
            }
            yield Series(wanted[name], resource, dimensions, listed(document, one, "data"))


def name_of(part: Mapping[str, Any]) -> str:
    """Give the name of a metric or dimension, in lower case."""
    name = part.get("name")
    return str(name.get("value")).lower() if isinstance(name, Mapping) else ""
