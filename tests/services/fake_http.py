"""A loopback server with faults on demand: what the fakes of the providers' APIs have in common."""

from __future__ import annotations

import json
import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Fault:
    """A wrong answer: requests ``nth`` … ``nth + times - 1`` (from 1) whose "METHOD path" matches get it."""

    matches: str
    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    cut_body_at: int | None = None
    nth: int = 1
    times: int = 1


@dataclass
class Asked:
    """One request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def line(self) -> str:
        """Method and path, as faults and counts match them."""
        return f"{self.method} {self.path}"


Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Fake:
    """A fake's pending faults and what it was asked."""

    faults: list[Fault] = field(default_factory=list)
    requests: list[Asked] = field(default_factory=list)
    url: str = ""

    def answer(self, asked: Asked) -> Reply:
        """Give status, headers and body; each provider has its own."""
        raise NotImplementedError

    def count(self, pattern: str) -> int:
        """Count the requests that match."""
        return sum(1 for request in self.requests if re.search(pattern, request.line))

    def fault_for(self, asked: Asked) -> Fault | None:
        """Give the fault due for this request."""
        self.requests.append(asked)
        for fault in self.faults:
            seen = self.count(fault.matches)
            if re.search(fault.matches, asked.line) and fault.nth <= seen < fault.nth + fault.times:
                return fault
        return None


def as_json(status: int, value: Any) -> Reply:
    """Give a JSON reply."""
    return status, {"Content-Type": "application/json"}, json.dumps(value).encode()


def _handler(fake: Fake) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked = Asked(self.command, self.path, dict(self.headers), body)
            fault = fake.fault_for(asked)
            if fault is not None and fault.status != 200:
                reply: Reply = fault.status, fault.headers, fault.body
            else:
                reply = fake.answer(asked)
            self._send(reply, fault.cut_body_at if fault else None)

        def _send(self, reply: Reply, cut: int | None) -> None:
            status, headers, payload = reply
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(payload)))
            self.close_connection = cut is not None
            self.end_headers()
            self.wfile.write(payload[:cut])

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing on stderr; ``Fake.requests`` keeps what was asked."""

    return Handler


@contextmanager
def serving(fake: Any, certificate: Path | None = None) -> Iterator[Any]:
    """Run the fake in a thread on a free loopback port; over TLS where a certificate (with its key) is given."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake))
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    fake.url = f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
