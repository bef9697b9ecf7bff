"""OpenCost's allocation of a cluster's machines to namespaces, by the day: a key, never an amount."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches, number
from connectors._http import SourceError, login, request
from connectors._json import answer, listed, text

# Shares of the machines that belong to no namespace.
SPECIAL = ("__idle__", "__unallocated__", "__unmounted__")
# A hundred thousand cores, a million GPUs, and ten petabytes, for a day: no cluster comes near.
MAX_CORE_HOURS, MAX_GPU_HOURS, MAX_BYTE_HOURS = 2.4e6, 2.4e7, 2.4e17
ASK_AGAIN = "ask /allocation with aggregate=namespace and step=1d again"


class Connector(base.Connector):
    """One request is one cluster."""

    SCHEMA = pa.schema([
        ("document_row", pa.int64()), ("day", pa.date32()), ("cluster", pa.string()), ("namespace", pa.string()),
        ("is_special", pa.bool_()), ("minutes", pa.float64()), ("cpu_core_hours", pa.float64()),
        ("gpu_hours", pa.float64()), ("ram_byte_hours", pa.float64()),
    ])  # fmt: skip

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Ask for the month day by day (UTC), idle machines as a line of their own."""
        start = dt.datetime.fromisoformat(f"{period}-01").replace(tzinfo=dt.UTC)
        end = (start + dt.timedelta(days=32)).replace(day=1)
        headers, auth = login(secrets)
        for name in source.requests:
            query = {
                "window": f"{start:%Y-%m-%dT%H:%M:%SZ},{end:%Y-%m-%dT%H:%M:%SZ}",
                "aggregate": "namespace",
                "step": "1d",
                "includeIdle": "true",
                "shareIdle": "false",
            }
            url = f"{secrets.host.rstrip('/')}/allocation"
            try:
                body = request("GET", url, params=query, headers=headers, auth=auth)
            except SourceError as error:
                raise SourceError(f"{source.id} ({name}): {error}") from None
            yield base.Document(body, f"allocation-{period}.json", name, options=source.options_for(name))

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one answer: a map of namespaces for each day; a day without any is a gap."""
        return batches(_shares(document), self.SCHEMA)


def _shares(document: base.Document) -> Iterator[dict[str, Any] | base.Reject]:
    given = answer(document)
    if isinstance(given, dict) and given.get("code", 200) != 200:
        raise base.ParseError(
            f"{document.name}, field code: the service answered with {given['code']}: {given.get('message', '')}; ask again"
        )
    row = 0
    seen: set[tuple[Any, ...]] = set()
    for day in listed(document, given, "data"):
        if not isinstance(day, Mapping | None):
            raise base.ParseError(f"{document.name}, field data: a day is no map of namespaces; {ASK_AGAIN}")
        for name, share in (day or {}).items():
            row += 1
            try:
                line = _share(name, share)
                if (key := (line["day"], line["cluster"], line["namespace"])) in seen:
                    raise RowError("name", name, "stands twice in its day", ASK_AGAIN)
                seen.add(key)
                yield {"document_row": row} | line
            except RowError as error:
                yield error.reject(row, json.dumps({name: share}, ensure_ascii=False)[:2000])


def _share(name: str, share: Any) -> dict[str, Any]:
    if not isinstance(share, Mapping):
        raise RowError("data", share, "is no allocation", ASK_AGAIN)
    properties, window = share.get("properties") or {}, share.get("window")
    try:
        start, end = (dt.datetime.fromisoformat(str(window[side])) for side in ("start", "end"))  # type: ignore[index]
        hours = (end - start).total_seconds() / 3600
    except (TypeError, KeyError, ValueError):
        raise RowError("window", window, "has no start and end", ASK_AGAIN) from None
    if not 0 < hours <= 24 or not start.tzinfo:
        raise RowError("window", window, "is no day with a zone", ASK_AGAIN)
    cluster = properties.get("cluster") if isinstance(properties, Mapping) else None
    return {
        "day": start.astimezone(dt.UTC).date(),
        "cluster": text("cluster", cluster),
        "namespace": name,
        "is_special": name.rsplit("/", 1)[-1] in SPECIAL,
        "minutes": _number("minutes", share, 1440),
        "cpu_core_hours": _number("cpuCoreHours", share, MAX_CORE_HOURS),
        "gpu_hours": _number("gpuHours", share, MAX_GPU_HOURS),
        "ram_byte_hours": _number("ramByteHours", share, MAX_BYTE_HOURS),
    }


def _number(field: str, share: Mapping[str, Any], maximum: float) -> float | None:
    if field not in share:
        raise RowError(field, None, "is missing", ASK_AGAIN)
    return number(field, text(field, share[field]), minimum=0, maximum=maximum)


connector = Connector()
