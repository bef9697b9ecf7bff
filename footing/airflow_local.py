"""Airflow for one person: API server, DAG processor and scheduler on loopback, ended together.

Not ``airflow standalone``: that opens log servers on all interfaces and leaves its children behind.
"""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from footing.paths import ROOT, Paths

PORT = 8080
PARTS = (["api-server"], ["dag-processor"], ["scheduler", "--skip-serve-logs"])
START_SECONDS, STOP_SECONDS = 180.0, 20.0


def settings(paths: Paths, port: int) -> dict[str, str]:
    """Airflow's settings for this checkout: its own metadata, loopback only, no more tasks at once than cores."""
    home = paths.data / "airflow"
    return {
        "AIRFLOW_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        # Airflow's 32 at once make tasks time out while they start on a small machine.
        "AIRFLOW__CORE__PARALLELISM": str(max(2, os.cpu_count() or 2)),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        # Whoever reaches loopback is admin: nobody else can.
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
    }


def as_shell(values: dict[str, str]) -> str:
    """The settings as lines that a shell can ``eval``."""
    return "\n".join(f"export {name}={shlex.quote(value)}" for name, value in values.items())


def run(port: int = PORT) -> int:
    """Start the parts, say when the page answers, and end them all when one ends or the person stops."""
    paths = Paths.from_env()
    environment = os.environ | settings(paths, port)
    logs = paths.data / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    Path(environment["AIRFLOW_HOME"]).mkdir(parents=True, exist_ok=True)
    command = str(Path(sys.executable).with_name("airflow"))
    print(f"Preparing Airflow's metadata; logs stand in {logs}", flush=True)
    with (logs / "airflow-migrate.log").open("ab") as log:
        subprocess.run([command, "db", "migrate"], env=environment, stdout=log, stderr=log, check=True)
    signal.signal(signal.SIGTERM, _stopped)
    started: list[subprocess.Popen[bytes]] = []
    try:
        for part in PARTS:
            with (logs / f"airflow-{part[0]}.log").open("ab") as log:
                started.append(
                    subprocess.Popen(
                        [command, *part], env=environment, stdout=log, stderr=log, start_new_session=True
                    )
                )
        _say_when_ready(port, started)
        while all(process.poll() is None for process in started):
            time.sleep(1)
        print(f"A part of Airflow ended; see the logs in {logs}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        _end(started)


def _stopped(*_: object) -> None:
    raise KeyboardInterrupt


def _say_when_ready(port: int, started: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and all(process.poll() is None for process in started):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v2/version", timeout=5):
                print(f"Airflow answers on http://127.0.0.1:{port} (Ctrl-C ends it)", flush=True)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(1)


def _end(started: list[subprocess.Popen[bytes]]) -> None:
    """End each part with all that it started: every part leads a process group of its own."""
    for number, patience in ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, STOP_SECONDS)):
        for process in started:
            try:
                os.killpg(process.pid, number)
            except ProcessLookupError:
                continue
        deadline = time.monotonic() + patience
        for process in started:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                continue


if __name__ == "__main__":
    sys.exit(run(int(sys.argv[1]) if len(sys.argv) > 1 else PORT))
