"""A real BoaviztAPI in an environment of its own, from its own lock: its requirements are not those of Footing."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import requests

from connectors.boaviztapi import READY

from .processes import Server, free_port

LOCK = Path(__file__).parents[2] / "requirements" / "boaviztapi.txt"
# Inside Footing's own environment, so that `make clean` takes it away, too; another lock is another environment.
FOLDER = Path(sys.prefix) / f"boaviztapi-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:8]}"


def install(folder: Path = FOLDER) -> Path:
    """Give the folder's programs, installing the lock once; what was half installed is installed anew."""
    done = folder / "installed"
    folder.mkdir(exist_ok=True)
    if not done.exists():
        uv = str(Path(sys.executable).with_name("uv"))
        python = str(folder / "venv/bin/python")
        for command in (
            ["venv", "--clear", "--quiet", "--python", sys.executable, str(folder / "venv")],
            ["pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", str(LOCK)],
        ):
            subprocess.run([uv, *command], check=True, timeout=900)
        done.touch()
    return folder / "venv" / "bin"


def start_boaviztapi(programs: Path, directory: Path) -> Iterator[str]:
    """Serve on loopback; give the base URL, end the whole process group afterwards."""
    port = free_port()
    server = Server(
        [str(programs / "uvicorn"), "boaviztapi.main:app", "--host", "127.0.0.1", "--port", str(port)],
        directory / "boaviztapi.log",
        cwd=directory,
        env={"PATH": f"{programs}:/usr/bin:/bin", "PYTHONPATH": ""},
    )
    url = f"http://127.0.0.1:{port}"
    try:
        server.wait_until(lambda: _ready(url), seconds=180)
        yield url
    finally:
        server.stop()


def _ready(url: str) -> bool:
    try:
        return requests.get(f"{url}{READY}", timeout=5).status_code == 200
    except requests.ConnectionError:
        return False
