"""Take the README's picture of the dashboard: ``python docs/make_picture.py`` after ``make run``.

Needs the development requirements and Chromium (``CHROMIUM``, default ``/usr/bin/chromium``); run it with the
repository on ``PYTHONPATH``. Shows what ``FOOTING_DATA`` holds, in English, on a free port of 127.0.0.1.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "images" / "dashboard.png"
SIZE = {"width": 1280, "height": 1060}
START_SECONDS = 60


def main() -> None:
    """Start the dashboard, save the picture, stop it."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboards/app.py"]
    command += ["--server.address", "127.0.0.1", "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        _wait(f"http://127.0.0.1:{port}/_stcore/health")
        _take(f"http://127.0.0.1:{port}/?lang=en")
    finally:
        server.terminate()
        server.wait()
    print(f"wrote {PICTURE.relative_to(ROOT)}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 (loopback)
                return
        except (urllib.error.URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)


def _take(address: str) -> None:
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport=SIZE)
        page.goto(address)
        page.get_by_role("heading", name="AI by lifecycle phase").wait_for(timeout=START_SECONDS * 1000)
        page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").nth(
            1
        ).wait_for()
        page.locator("[data-testid=stStatusWidget]").wait_for(state="detached")
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(PICTURE))
        browser.close()


if __name__ == "__main__":
    main()
