"""A loopback server that speaks BigQuery's documented REST answers, with faults on demand.

It knows one table, Google's Carbon Footprint export, and the few methods a query needs: jobs.insert,
jobs.get, jobs.query, jobs.getQueryResults, and the OAuth token endpoint of a service account.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

ROWS_PER_PAGE = 4
PROJECT = "orselia-carbon"

_NAMED = ["id", "number"], ["id", "description"], ["location", "region"]
SCHEMA: list[dict[str, Any]] = [
    {"name": "usage_month", "type": "DATE"},
    {"name": "billing_account_id", "type": "STRING"},
    {"name": "project", "type": "RECORD", "fields": [{"name": n, "type": "STRING"} for n in _NAMED[0]]},
    {"name": "service", "type": "RECORD", "fields": [{"name": n, "type": "STRING"} for n in _NAMED[1]]},
    {"name": "location", "type": "RECORD", "fields": [{"name": n, "type": "STRING"} for n in _NAMED[2]]},
    {"name": "carbon_model_version", "type": "INTEGER"},
    {
        "name": "carbon_footprint_kgCO2e",
        "type": "RECORD",
        "fields": [
            {"name": "scope1", "type": "FLOAT"},
            {
                "name": "scope2",
                "type": "RECORD",
                "fields": [{"name": n, "type": "FLOAT"} for n in ("location_based", "market_based")],
            },
            {"name": "scope3", "type": "FLOAT"},
        ],
    },
    {
        "name": "carbon_footprint_total_kgCO2e",
        "type": "RECORD",
        "fields": [{"name": n, "type": "FLOAT"} for n in ("location_based", "market_based")],
    },
]


@dataclass(frozen=True)
class Fault:
    """One wrong answer: the ``nth`` request (from 1) whose "METHOD path" matches gets it, once."""

    matches: str
    status: int = 200
    reason: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    cut_body_at: int | None = None
    drops: bool = False
    nth: int = 1
    times: int = 1


@dataclass
class BigQuery:
    """The fake's state: its rows, its pending faults, and what it was asked."""

    rows: list[dict[str, Any]]
    faults: list[Fault] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    jobs: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    url: str = ""

    def fault_for(self, request: str) -> Fault | None:
        """Give the fault due for this request, counting earlier ones of the same kind."""
        self.requests.append(request)
        for fault in self.faults:
            seen = sum(1 for earlier in self.requests if re.search(fault.matches, earlier))
            if re.search(fault.matches, request) and fault.nth <= seen < fault.nth + fault.times:
                return fault
        return None

    def asked(self, pattern: str) -> int:
        """Count the requests that match."""
        return sum(1 for request in self.requests if re.search(pattern, request))

    def answer(self, body: str) -> list[dict[str, Any]]:
        """Give the rows whose month and billing account the query names, as literals or parameters.

        Without an ``order by`` BigQuery promises no order: each such query gets another one.
        """
        months = set(re.findall(r"\d{4}-\d\d-01", body))
        rows = [r for r in self.rows if r["billing_account_id"] in body and r["usage_month"] in months]
        if "order by" not in body.lower() and rows:
            turn = len(self.jobs) % len(rows)
            rows = rows[turn:] + rows[:turn]
        return rows


def cell(value: Any) -> dict[str, Any]:
    """Encode one value as the REST API does: text, null, or a nested row."""
    if isinstance(value, dict):
        return {"v": {"f": [cell(one) for one in value.values()]}}
    return {"v": None if value is None else str(value)}


def error_body(status: int, reason: str) -> dict[str, Any]:
    """Give Google's error object."""
    error = {"domain": "global", "reason": reason, "message": f"{reason} (test)"}
    return {"error": {"code": status, "message": error["message"], "errors": [error]}}


class _Handler(BaseHTTPRequestHandler):
    state: BigQuery
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._serve("")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

    def _serve(self, body: str) -> None:
        path = urlsplit(self.path)
        fault = self.state.fault_for(f"{self.command} {self.path}")
        if fault is not None and fault.drops:
            self.close_connection = True
        elif fault is not None and fault.status != 200:
            self._send(fault.status, error_body(fault.status, fault.reason), fault)
        elif path.path == "/token":
            token = f"token-{len(self.state.tokens) + 1}"
            self.state.tokens.add(token)
            self._send(200, {"access_token": token, "token_type": "Bearer", "expires_in": 3600}, fault)
        elif self.headers.get("Authorization", "").removeprefix("Bearer ") not in self.state.tokens:
            self._send(401, error_body(401, "authError"), fault)
        else:
            self._send(*self._answer(path.path, parse_qs(path.query), body), fault)

    def _answer(self, path: str, query: dict[str, list[str]], body: str) -> tuple[int, dict[str, Any]]:
        rest = path.removeprefix(f"/bigquery/v2/projects/{PROJECT}")
        if self.command == "POST" and rest in ("/jobs", "/queries"):
            reference = json.loads(body).get("jobReference") or {}
            job_id = reference.get("jobId") or f"job-{len(self.state.jobs) + 1}"
            self.state.jobs[job_id] = self.state.answer(body)
            return 200, self._job(job_id) if rest == "/jobs" else self._page(job_id, {})
        kind, _, job_id = rest.removeprefix("/").partition("/")
        if job_id in self.state.jobs and kind == "jobs":
            return 200, self._job(job_id)
        if job_id in self.state.jobs and kind == "queries":
            return 200, self._page(job_id, query)
        return 404, error_body(404, "notFound")

    def _reference(self, job_id: str) -> dict[str, str]:
        return {"projectId": PROJECT, "jobId": job_id, "location": "EU"}

    def _job(self, job_id: str) -> dict[str, Any]:
        destination = {"projectId": PROJECT, "datasetId": "_anonymous", "tableId": job_id}
        return {
            "kind": "bigquery#job",
            "id": f"{PROJECT}:EU.{job_id}",
            "jobReference": self._reference(job_id),
            "configuration": {"jobType": "QUERY", "query": {"destinationTable": destination}},
            "status": {"state": "DONE"},
            "statistics": {"query": {"statementType": "SELECT"}},
        }

    def _page(self, job_id: str, query: dict[str, list[str]]) -> dict[str, Any]:
        rows = self.state.jobs[job_id]
        start = int(query.get("pageToken", query.get("startIndex", ["0"]))[0])
        size = min(ROWS_PER_PAGE, int(query.get("maxResults", [str(ROWS_PER_PAGE)])[0]))
        page: dict[str, Any] = {
            "kind": "bigquery#getQueryResultsResponse",
            "jobReference": self._reference(job_id),
            "jobComplete": True,
            "schema": {"fields": SCHEMA},
            "totalRows": str(len(rows)),
        }
        if size:
            page["rows"] = [{"f": [cell(v) for v in row.values()]} for row in rows[start : start + size]]
        if start + size < len(rows):
            page["pageToken"] = str(start + size)
        return page

    def _send(self, status: int, body: dict[str, Any], fault: Fault | None) -> None:
        payload = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        for name, value in (fault.headers if fault else {}).items():
            self.send_header(name, value)
        cut = fault.cut_body_at if fault else None
        if cut is not None:
            self.close_connection = True
        self.end_headers()
        self.wfile.write(payload[:cut])

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing on stderr; ``BigQuery.requests`` keeps what was asked."""


@contextmanager
def serve(rows: list[dict[str, Any]]) -> Iterator[BigQuery]:
    """Run the fake in a thread on a free loopback port."""
    state = BigQuery(rows)
    handler = type("Handler", (_Handler,), {"state": state})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
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
