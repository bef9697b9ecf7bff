"""Prometheus' HTTP API (also Thanos, Mimir): ranges of power, energy and labels, one document per query and day."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa

from connectors import base
from connectors._batches import RowError, batches
from connectors._http import SourceError, login, request
from connectors._json import answer
from connectors._meters import NAMELESS, ZONES, Meter, is_counter, known, limit
from connectors._series import LABELS, first, identity, named

# Prometheus refuses more than 11,000 points per series in one answer. A day of all boards is small enough to hold.
MAX_POINTS, DAY = 10_000, 86_400
# What servers say where stores, rulers or remote storage did not answer; other warnings speak of the query.
PARTIAL = re.compile(
    r"partial|store ?api|(receive|fetch) series|rpc error|unavailable|deadline exceeded|timed? ?out|remote[ _]read",
    re.I,
)
# What is measured by more or less than a board; boards have a rule of their own.
METERED = ("cpu", "node", "rack", "pod")


class Connector(base.Connector):
    """One request is one cluster or site; see ``docs/sources/prometheus.md`` for the options."""

    SCHEMA = pa.schema(
        [("document_row", pa.int64()), ("metric", pa.string()), ("kind", pa.string()), ("level", pa.string()),
         ("ts", pa.timestamp("us")), ("value", pa.float64()), ("step_seconds", pa.float64()), ("series", pa.int32()),
         ("series_key", pa.string()),
         ("board_series", pa.int32()), ("device_id", pa.string()), ("zone", pa.string()), ("is_counted", pa.bool_()),
         ("labels", pa.string())]
        + [(name, pa.string()) for name in LABELS]
    )  # fmt: skip

    def fetch(self, source: base.Source, period: str, secrets: base.Secrets) -> Iterator[base.Document]:
        """Ask each query for the month day by day, each answer below the server's limit of points.

        A power sample stands for the step that ends at its timestamp, so a day runs from its first step's end to the
        next day's first instant. A counter is asked from the day's first instant: that sample is what the next is less,
        and the last of the day before. A server that can tell a part of the answer only is to say an error instead.
        While the month runs, its days that are over are asked.

        Raises
        ------
        NotYetPublished
            When no day of the month is over in UTC.
        """
        start = dt.datetime.fromisoformat(f"{period}-01").replace(tzinfo=dt.UTC)
        end = (start + dt.timedelta(days=32)).replace(day=1)
        end = min(end, _midnight())
        if end <= start:
            raise base.NotYetPublished(f"{source.id}: no day of {period} is over yet")
        headers, auth = _login(secrets)
        for name in source.requests:
            options = source.options_for(name)
            step = int(options["step_seconds"])
            queries = [str(query) for query in options.get("queries") or [options["query"]]]
            window = dt.timedelta(seconds=_window(source.id, step))
            windows = [start + window * number for number in range((end - start) // window)]
            asked = [(number, query, since) for number, query in enumerate(queries) for since in windows]
            for part, (number, query, since) in enumerate(asked, start=1):
                form = {
                    "query": query,
                    "start": str(int(since.timestamp()) + (0 if is_counter(query, options) else step)),
                    "end": str(int((since + window).timestamp())),
                    "step": str(step),
                    "partial_response": "false",
                }
                url = f"{secrets.host.rstrip('/')}/api/v1/query_range"
                try:
                    body = request("POST", url, data=form, headers=headers, auth=auth)
                    _refuse_partial(body)
                except SourceError as error:
                    raise SourceError(f"{source.id} ({name}, {since:%Y-%m-%d}): {error}") from None
                when = f"{since:%Y-%m-%d}" if window.days else f"{since:%Y-%m-%dT%H%M%S}"
                document = f"query_range-{f'{number}-' if number else ''}{when}.json"
                told = {**options, "window_seconds": int(window.total_seconds())}
                yield base.Document(body, document, name, part, len(asked), told)

    def piece(self, document: base.Document) -> str | None:
        """Name query, step and window: once they are older than the server's retention it tells less of them, or nothing."""
        options = document.options
        queries = options.get("queries") or [options.get("query")]
        named = re.fullmatch(r"query_range-(?:(\d{1,3})-)?(\d{4}-.+)\.json", document.name)
        if not named or options.get("newest_counts") or int(named[1] or 0) >= len(queries):
            return None
        asked = [
            queries[int(named[1] or 0)],
            options.get("step_seconds"),
            options.get("window_seconds"),
            named[2],
        ]
        return json.dumps(asked)

    def told(self, document: base.Document) -> int:
        """Count the samples: each ends in a quoted value and a bracket."""
        with document.open() as stream:
            return stream.read().count(b'"]')

    def parse(self, document: base.Document) -> Iterator[base.Parsed]:
        """Read one answer. An empty matrix is a document without rows: that is how lost telemetry looks."""
        return batches(_samples(document), self.SCHEMA)


def _midnight() -> dt.datetime:
    """Give the end of the last day that is over."""
    return dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _login(secrets: base.Secrets) -> tuple[dict[str, str], tuple[str, str] | None]:
    headers, basic = login(secrets)
    if tenant := secrets.extra.get("tenant"):
        headers[str(secrets.extra.get("tenant_header") or "X-Scope-OrgID")] = str(tenant)
    return headers, basic


def _window(source_id: str, step: int) -> int:
    """Give the longest part of a day, in whole steps, that stays below the limit of points."""
    if step < 1 or DAY % step:
        raise SourceError(
            f"{source_id}, options.step_seconds: {step} does not divide a day of 86,400 s; take 15, 30, 60, 300 …"
        )
    return next(
        DAY // parts
        for parts in range(1, DAY + 1)
        if DAY % (parts * step) == 0 and DAY // parts <= MAX_POINTS * step
    )


def _refuse_partial(body: bytes) -> None:
    """Raise when the answer's warnings, which stand at its end, say that a part of it is missing."""
    end = body[-(1 << 16) :].decode("utf-8", "replace")
    if (at := end.rfind('"warnings":')) < 0:
        return
    try:
        told, _ = json.JSONDecoder().raw_decode(end[at:].split(":", 1)[1].lstrip())
    except ValueError:
        return
    if said := _partial(told):
        raise SourceError(f"the answer is a part only: {said}; ask again when all stores answer")


def _partial(warnings: Any) -> str:
    """Give the first warning that speaks of a missing part, else an empty text."""
    texts = warnings if isinstance(warnings, list) else [warnings]
    return next((str(text) for text in texts if text and PARTIAL.search(str(text))), "")


def _answer(document: base.Document) -> list[Mapping[str, Any]]:
    told = answer(document)
    if not isinstance(told, dict) or told.get("status") != "success":
        said = told.get("error", "no error text") if isinstance(told, dict) else "no object"
        raise base.ParseError(
            f"{document.name}, field status: the server answered with an error: {said}; correct the query"
        )
    if said := _partial(told.get("warnings")):
        raise base.ParseError(
            f"{document.name}, field warnings: the answer is a part only: {said}; fetch it again when all stores answer"
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
    meters = known(document.options, document.name)
    zones = document.options.get("zones") or ZONES
    answered = _answer(document)
    labelled = [_labels(document, meters, number, series) for number, series in enumerate(answered)]
    boards = Counter(fixed["uuid"] for fixed in labelled if fixed["level"] == "gpu")
    row = 0
    for fixed, series in zip(labelled, answered, strict=True):
        meter = meters[fixed["metric"]]
        fixed |= {
            "step_seconds": step,
            "board_series": boards.get(fixed["uuid"]),
            "is_counted": fixed["zone"] is None or fixed["zone"] in zones,
        }
        seen: set[float] = set()
        for point in series["values"]:
            row += 1
            try:
                yield {"document_row": row} | fixed | _point(point, seen, meter)
            except RowError as error:
                yield error.reject(row, json.dumps([fixed["device_id"], point]))


def _labels(
    document: base.Document, meters: Mapping[str, Meter], number: int, series: Mapping[str, Any]
) -> dict[str, Any]:
    """Give what is the same in every sample of a series: what is measured, of which device, held by whom."""
    if "metric" not in series or "values" not in series:
        raise base.ParseError(
            f"{document.name}, series {number + 1}: field 'metric' or 'values' is missing; fetch it again"
        )
    labels = series["metric"]
    metric = labels.get("__name__")
    if not metric:
        raise base.ParseError(
            f"{document.name}, field metric.__name__: missing; ask for the plain metric, not an expression"
        )
    if metric in NAMELESS and metric not in meters:
        raise base.ParseError(
            f"{document.name}, field metric.__name__: {metric!r} measures boards or devices again without naming them; ask "
            "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION or kepler_node_gpu_joules_total instead"
        )
    if metric not in meters:
        raise base.ParseError(
            f"{document.name}, field metric.__name__: {metric!r} is no known meter; declare it in options.meters"
        )
    meter = meters[metric]
    device = first(labels, meter.device)
    if device is None:
        raise base.ParseError(
            f"{document.name}, field metric.{meter.device[0]}: missing; was the label renamed or dropped by relabelling?"
        )
    own = {name: value for name, value in labels.items() if name.startswith("label_")}
    found = named(labels, meter, device)
    return {
        "metric": metric,
        "kind": meter.kind,
        "level": meter.level,
        "series": number,
        "device_id": device,
        "zone": meter.zone or labels.get("zone"),
        "labels": json.dumps(own, sort_keys=True, ensure_ascii=False) if meter.kind == "labels" else None,
        "series_key": identity(labels, metric, meter, found) if meter.level in METERED else None,
    } | found


def _point(point: Any, seen: set[float], meter: Meter) -> dict[str, Any]:
    try:
        at, value = float(point[0]), float(point[1]) * meter.factor
    except (TypeError, ValueError, IndexError):
        raise RowError("values", point, 'is not [time, "number"]', "fetch it again") from None
    if at in seen:
        raise RowError("values", point, "stands twice in its series", "fetch it again")
    seen.add(at)
    if meter.kind != "labels" and not 0 <= value <= limit(meter):
        unit = "W" if meter.kind == "power" else "J"
        raise RowError(
            "values",
            value,
            f"is outside 0 … {limit(meter):g} {unit}",
            "exporters write such values where they cannot measure",
        )
    return {"ts": dt.datetime.fromtimestamp(at, dt.UTC).replace(tzinfo=None), "value": value}


connector = Connector()
