"""Prometheus' HTTP API (also Thanos, Mimir): ranges of DCGM power, one document per window of whole days."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches
from connectors._http import SourceError, login, request
from connectors._json import answer

# Prometheus refuses more than 11,000 points per series in one answer.
MAX_POINTS = 10_000
# No board draws more (the largest announced, 2026, draws 1,400 W); DCGM writes ~9.2e18 where a value is not supported.
MAX_WATTS = 2_500.0

LABELS = {
    "uuid": ("UUID", "uuid"),
    "gpu": ("gpu",),
    "hostname": ("Hostname", "hostname", "instance"),
    "model_name": ("modelName", "model_name"),
    "namespace": ("exported_namespace", "namespace", "pod_namespace"),
    "pod": ("exported_pod", "pod", "pod_name"),
    "container": ("exported_container", "container", "container_name"),
    "hpc_job": ("hpc_job",),
    "gpu_instance": ("GPU_I_ID",),
}


class Connector(base.Connector):
    """One request is one cluster or site; ``options``: ``query``, ``step_seconds``, ``selector`` per request."""

    SCHEMA = pa.schema(
        [("document_row", pa.int64()), ("metric", pa.string()), ("ts", pa.timestamp("us")), ("value", pa.float64()),
         ("step_seconds", pa.float64())]
        + [(name, pa.string()) for name in LABELS]
    )  # fmt: skip

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Ask for the month in windows of whole days, each below the server's limit of points.

        A sample stands for the step that ends at its timestamp, so a month runs from its first step's end to the
        next month's first instant.
        """
        start = dt.datetime.fromisoformat(f"{period}-01").replace(tzinfo=dt.UTC)
        end = (start + dt.timedelta(days=32)).replace(day=1)
        headers, auth = _login(secrets)
        for name in source.requests:
            options = source.options_for(name)
            step = int(options["step_seconds"])
            days = max(MAX_POINTS * step // 86_400, 1)
            windows = [(start + dt.timedelta(days=d), min(start + dt.timedelta(days=d + days), end))
                       for d in range(0, (end - start).days, days)]  # fmt: skip
            for part, (since, until) in enumerate(windows, start=1):
                form = {
                    "query": str(options["query"]),
                    "start": str(int(since.timestamp()) + step),
                    "end": str(int(until.timestamp())),
                    "step": str(step),
                }
                url = f"{secrets.host.rstrip('/')}/api/v1/query_range"
                try:
                    body = request("POST", url, data=form, headers=headers, auth=auth)
                except SourceError as error:
                    raise SourceError(f"{source.id} ({name}, {since:%Y-%m-%d}): {error}") from None
                document = f"query_range-{since:%Y-%m-%d}.json"
                yield base.Document(
                    body, document, name, part, len(windows), {"step_seconds": step, **options}
                )

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one answer. An empty matrix is a document without rows: that is how lost telemetry looks."""
        return batches(_samples(document), self.SCHEMA)


def _login(secrets: base.Secrets) -> tuple[dict[str, str], tuple[str, str] | None]:
    headers, basic = login(secrets)
    if tenant := secrets.extra.get("tenant"):
        headers["X-Scope-OrgID"] = str(tenant)
    return headers, basic


def _answer(document: base.Document) -> list[Mapping[str, Any]]:
    told = answer(document)
    if not isinstance(told, dict) or told.get("status") != "success":
        said = told.get("error", "no error text") if isinstance(told, dict) else "no object"
        raise base.ParseError(
            f"{document.name}, field status: the server answered with an error: {said}; correct the query"
        )
    data = told.get("data", {})
    if data.get("resultType") != "matrix" or not isinstance(data.get("result"), list):
        raise base.ParseError(
            f"{document.name}, field data.resultType: {data.get('resultType')!r} is no matrix; ask query_range"
        )
    return list(data["result"])


def _samples(document: base.Document) -> Iterator[dict[str, Any] | base.Reject]:
    try:
        step = float(document.options["step_seconds"])
    except KeyError:
        raise base.ParseError(
            f"{document.name}: options.step_seconds is missing; add it to the source in config/sources.yml"
        ) from None
    row = 0
    for series in _answer(document):
        if "metric" not in series or "values" not in series:
            raise base.ParseError(
                f"{document.name}, series {row + 1}: field 'metric' or 'values' is missing; fetch it again"
            )
        labels = series["metric"]
        if not labels.get("__name__"):
            raise base.ParseError(
                f"{document.name}, field metric.__name__: missing; ask for the plain metric, not an expression"
            )
        if not (labels.get("UUID") or labels.get("uuid")):
            raise base.ParseError(
                f"{document.name}, field metric.UUID: missing; was the label renamed or dropped by relabelling?"
            )
        fixed = {"metric": labels["__name__"], "step_seconds": step}
        fixed |= {
            ours: next((labels[name] for name in theirs if labels.get(name)), None)
            for ours, theirs in LABELS.items()
        }
        seen: set[float] = set()
        for point in series["values"]:
            row += 1
            try:
                yield {"document_row": row} | fixed | _point(point, seen)
            except RowError as error:
                yield error.reject(row, json.dumps([labels.get("UUID"), point]))


def _point(point: Any, seen: set[float]) -> dict[str, Any]:
    try:
        at, watts = float(point[0]), float(point[1])
    except (TypeError, ValueError, IndexError):
        raise RowError("values", point, 'is not [time, "number"]', "fetch it again") from None
    if at in seen:
        raise RowError("values", point, "stands twice in its series", "fetch it again")
    seen.add(at)
    if not 0 <= watts <= MAX_WATTS:
        raise RowError(
            "values",
            watts,
            f"is outside 0 … {MAX_WATTS:g} W",
            "DCGM writes such values where it cannot measure",
        )
    return {"ts": dt.datetime.fromtimestamp(at, dt.UTC).replace(tzinfo=None), "value": watts}


connector = Connector()
