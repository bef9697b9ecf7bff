"""A real MLflow tracking server in an environment of its own: its requirements are not those of Footing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests

from .processes import Server, free_port

VERSION = "3.17.2"
API = "/api/2.0/mlflow"
# Inside Footing's own environment, so that `make clean` takes it away, too.
FOLDER = Path(sys.prefix) / f"mlflow-{VERSION}"


def install(folder: Path = FOLDER) -> Path:
    """Give the folder's programs, installing MLflow once; what was half installed is installed anew."""
    done = folder / "installed"
    folder.mkdir(exist_ok=True)
    if not done.exists():
        uv = str(Path(sys.executable).with_name("uv"))
        for command in (
            ["venv", "--clear", "--quiet", "--python", sys.executable, str(folder / "venv")],
            ["pip", "install", "--quiet", "--python", str(folder / "venv/bin/python"), f"mlflow=={VERSION}"],
        ):
            subprocess.run([uv, *command], check=True, timeout=900)
        done.touch()
    return folder / "venv" / "bin"


def start_mlflow(programs: Path, directory: Path) -> Iterator[str]:
    """Serve an empty store; give the base URL, end the whole process group afterwards."""
    port = free_port()
    server = Server(
        [
            str(programs / "mlflow"), "server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
            "--backend-store-uri", f"sqlite:///{directory}/runs.db", "--default-artifact-root", str(directory / "artifacts"),
        ],
        directory / "mlflow.log",
        cwd=directory,
        # Its programs call each other by name; nothing is reported home.
        env={"PATH": f"{programs}:/usr/bin:/bin", "PYTHONPATH": "", "MLFLOW_DISABLE_TELEMETRY": "true", "DO_NOT_TRACK": "true"},
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        server.wait_until(lambda: _ready(url), seconds=180)
        yield url
    finally:
        server.stop()


def call(url: str, path: str, **body: Any) -> dict[str, Any]:
    """Post to the server's REST API."""
    answer = requests.post(f"{url}{API}/{path}", json=body, timeout=60)
    answer.raise_for_status()
    told: dict[str, Any] = answer.json()
    return told


def _ready(url: str) -> bool:
    try:
        return requests.get(f"{url}/health", timeout=5).status_code == 200
    except requests.ConnectionError:
        return False
