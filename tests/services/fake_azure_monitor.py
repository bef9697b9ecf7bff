"""A loopback server that speaks Azure Monitor's documented metrics answers, with faults on demand.

Form: learn.microsoft.com/rest/api/monitor/metrics/list (2023-10-01). One point per minute of the timespan and series;
a minute without a measurement has a point without a value. Ten series come when ``top`` is not given.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

WORKSPACE = "/subscriptions/0/resourceGroups/ml/providers/Microsoft.MachineLearningServices/workspaces/ws"
DEPLOYMENT = f"{WORKSPACE}/onlineEndpoints/chat/deployments/blue"
TOKEN = "a-good-token"
MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Series:
    """Constant joules a minute from ``start`` to ``end`` (not included) under these dimensions."""

    labels: dict[str, str]
    joules: float
    start: dt.datetime
    end: dt.datetime


@dataclass
class AzureMonitor:
    """The fake's state: series per resource, status codes to answer first, and what it was asked."""

    series: dict[str, list[Series]]
    faults: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    url: str = ""


def _answer(resource: str, series: list[Series], query: dict[str, str]) -> dict[str, Any]:
    since, until = (dt.datetime.fromisoformat(text) for text in query["timespan"].split("/"))
    aggregation = query["aggregation"].lower()
    wanted = re.findall(r"(\w+) eq '\*'", query.get("$filter", ""))
    seen = [one for one in series if one.start < until and one.end > since]
    found = []
    for one in seen[: int(query.get("top", "10"))]:
        labels = {
            name.lower(): value
            for name, value in one.labels.items()
            if name.lower() in map(str.lower, wanted)
        }
        points, at = [], since
        while at < until:
            value = {aggregation: one.joules} if one.start <= at < one.end else {}
            points.append({"timeStamp": f"{at:%Y-%m-%dT%H:%M:%SZ}", **value})
            at += MINUTE
        pairs = [
            {"name": {"value": name, "localizedValue": name}, "value": value}
            for name, value in labels.items()
        ]
        found.append({"metadatavalues": pairs, "data": points})
    metric = {
        "id": f"{resource}/providers/Microsoft.Insights/metrics/GpuEnergyJoules",
        "type": "Microsoft.Insights/metrics",
        "name": {"value": "GpuEnergyJoules", "localizedValue": "GpuEnergyJoules"},
        "displayDescription": "Interval energy in Joules on a GPU node.",
        "unit": "Count",
        "timeseries": found,
        "errorCode": "Success",
    }
    return {
        "cost": 0,
        "timespan": query["timespan"],
        "interval": "PT1M",
        "value": [metric],
        "resourceregion": "westeurope",
    }


def _problem(
    resource: str, state: AzureMonitor, query: dict[str, str], authorization: str
) -> tuple[int, str]:
    """The refusals that the service documents."""
    if authorization != f"Bearer {TOKEN}":
        return 401, "InvalidAuthenticationToken"
    if resource not in state.series:
        return 404, "ResourceNotFound"
    if "/onlineEndpoints/" in resource and query["aggregation"] == "Total":
        return 400, "BadRequest: supported aggregations are Average, Minimum, Maximum"
    since, until = (dt.datetime.fromisoformat(text) for text in query["timespan"].split("/"))
    if until - since > dt.timedelta(days=30):
        return 400, "BadRequest: the time span is too long for the time grain"
    return 200, ""


class _Handler(BaseHTTPRequestHandler):
    state: AzureMonitor

    def do_GET(self) -> None:
        place = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(place.query).items()}
        resource = place.path.partition("/providers/Microsoft.Insights/metrics")[0]
        self.state.asked.append(query)
        if self.state.faults:
            status, headers = self.state.faults.pop(0)
            return self._send(
                status, {"error": {"code": "TooManyRequests" if status == 429 else "Busy"}}, headers
            )
        status, said = _problem(resource, self.state, query, self.headers.get("Authorization", ""))
        if status != 200:
            return self._send(status, {"error": {"code": said}}, {})
        return self._send(200, _answer(resource, self.state.series[resource], query), {})

    def _send(self, status: int, body: dict[str, Any], headers: dict[str, str]) -> None:
        payload = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on stderr; ``AzureMonitor.asked`` keeps what was asked."""


@contextmanager
def serve(series: dict[str, list[Series]]) -> Iterator[AzureMonitor]:
    """Run the fake in a thread on a free loopback port."""
    state = AzureMonitor(series)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"state": state}))
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
