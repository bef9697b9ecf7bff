"""A bucket of its own for each test, on moto's S3 server."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from .processes import Server, free_port, port_open


def start_s3(directory: Path) -> Iterator[str]:
    """Run moto's server; give its endpoint URL."""
    port = free_port()
    argv = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = Server(argv, directory / "moto.log")
    try:
        server.wait_until(lambda: port_open(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop()
