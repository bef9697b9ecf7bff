"""Azure Monitor's ``GpuEnergyJoules`` of machine-learning workspaces and online endpoint deployments, by the minute."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._azure import credential
from connectors._azure_metrics import TOP, ask, series
from connectors._batches import RowError, batches, number
from connectors._json import text

METRIC = "GpuEnergyJoules"
# One query holds at most 30 days of minutes; a day's answer for hundreds of boards stays a few dozen MB.
MAX_DAYS = 30
# What a kind of resource offers: a workspace sums by board and run, a deployment only averages by instance.
KINDS = {
    "workspace": ("Total", ("InstanceId", "DeviceId", "runId")),
    "deployment": ("Average", ("instanceId",)),
}
# Sixteen boards of 2,500 W for a minute, in joules.
MAX_JOULES = 16 * 2_500 * 60


class Connector(base.Connector):
    """One request is one resource; options: ``resource`` (its id), ``days`` per query, ``top``."""

    SCHEMA = pa.schema([
        ("document_row", pa.int64()), ("minute_start", pa.timestamp("us")), ("energy_j", pa.float64()),
        ("aggregation", pa.string()), ("resource_id", pa.string()), ("instance_id", pa.string()),
        ("device_id", pa.string()), ("run_id", pa.string()),
    ])  # fmt: skip

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Ask for the month in windows of ``options.days`` (1 when not given) days."""
        start = dt.datetime.fromisoformat(f"{period}-01").replace(tzinfo=dt.UTC)
        end = (start + dt.timedelta(days=32)).replace(day=1)
        tokens = credential(secrets, source.id)
        for name in source.requests:
            options = {"top": TOP, **source.options_for(name)}
            resource = str(options["resource"]).strip("/")
            kind = _kind(resource)
            aggregation, dimensions = KINDS[kind]
            days = min(max(int(options.get("days", 1)), 1), MAX_DAYS)
            windows = [(start + dt.timedelta(days=day), min(start + dt.timedelta(days=day + days), end))
                       for day in range(0, (end - start).days, days)]  # fmt: skip
            for part, (since, until) in enumerate(windows, start=1):
                query = {
                    "metricnames": METRIC,
                    "timespan": f"{since:%Y-%m-%dT%H:%M:%SZ}/{until:%Y-%m-%dT%H:%M:%SZ}",
                    "interval": "PT1M",
                    "aggregation": aggregation,
                    "top": str(options["top"]),
                    "$filter": " and ".join(f"{dimension} eq '*'" for dimension in dimensions),
                }
                body = ask(tokens, secrets.host, resource, query, f"{source.id} ({name}, {since:%Y-%m-%d})")
                yield base.Document(
                    body, f"gpu_energy-{since:%Y-%m-%d}.json", name, part, len(windows), options
                )

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one answer. A minute without a value is a gap and no row: nothing was measured, which is not zero."""
        return batches(_minutes(document), self.SCHEMA)


def _kind(resource: str) -> str:
    return "deployment" if "/onlineendpoints/" in resource.lower() else "workspace"


def _minutes(document: base.Document) -> Iterator[dict[str, Any] | base.Reject]:
    row = 0
    seen: set[tuple[Any, ...]] = set()
    for one in series(document, (METRIC,)):
        labels = _labels(document, one.dimensions)
        for point in one.points:
            row += 1
            try:
                minute = _minute(point)
                if minute is None:
                    continue
                if (key := (one.resource, *labels.values(), minute["minute_start"])) in seen:
                    raise RowError(
                        "timeStamp", point["timeStamp"], "stands twice in its series", "fetch it again"
                    )
                seen.add(key)
                yield {"document_row": row, "resource_id": one.resource} | labels | minute
            except RowError as error:
                yield error.reject(row, json.dumps([labels, point]))


def _labels(document: base.Document, found: Mapping[str, Any]) -> dict[str, str | None]:
    """The dimensions by our names."""
    if not found.get("instanceid"):
        raise base.ParseError(
            f"{document.name}, field metadatavalues.instanceId: missing; ask with $filter so that boards are told apart"
        )
    named = {"instance_id": "instanceid", "device_id": "deviceid", "run_id": "runid"}
    try:
        return {ours: text(theirs, found.get(theirs)) for ours, theirs in named.items()}
    except RowError as error:
        raise base.ParseError(f"{document.name}, field metadatavalues: {error}; {error.remedy}") from None


def _minute(point: Any) -> dict[str, Any] | None:
    if not isinstance(point, Mapping) or not isinstance(point.get("timeStamp"), str):
        raise RowError("data", point, "has no timeStamp", "fetch it again")
    aggregation = next((kind for kind in ("total", "average") if point.get(kind) is not None), None)
    if aggregation is None:
        return None
    joules = number(aggregation, str(point[aggregation]), minimum=0, maximum=MAX_JOULES)
    try:
        at = dt.datetime.fromisoformat(point["timeStamp"]).astimezone(dt.UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise RowError("timeStamp", point["timeStamp"], "is not a time", "fetch it again") from None
    return {"minute_start": at, "energy_j": joules, "aggregation": aggregation}


connector = Connector()
