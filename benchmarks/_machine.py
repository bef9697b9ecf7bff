"""What every benchmark needs: a child process measured, the machine described, one section of the results replaced."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import platform
import re
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).with_name("RESULTS.md")


@dataclass(frozen=True)
class Measured:
    """How long a child process took, and the most memory it held at once."""

    seconds: float
    peak_mb: float
    output: str


def measure(*argv: str) -> Measured:
    """Run Python with these arguments in a child process of its own.

    Peak memory is the resident set of the child (MB = 10^6 bytes), as the kernel counts it when the child ends; the
    caller must not have run a larger child before. Benchmarks therefore measure one child per process.

    Raises
    ------
    subprocess.CalledProcessError
        When the child fails.
    """
    started = time.monotonic()
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.Popen([sys.executable, *argv], env=env, stdout=subprocess.PIPE, text=True)
    output = done.stdout.read() if done.stdout else ""
    _, status, usage = os.wait4(done.pid, 0)
    done.returncode = os.waitstatus_to_exitcode(status)
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, argv, output)
    return Measured(time.monotonic() - started, _bytes(usage) / 1e6, output)


def _bytes(usage: resource.struct_rusage) -> int:
    # Linux counts in KiB, macOS in bytes.
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def description(*packages: str) -> str:
    """Describe the machine, the versions that matter and the day, in one line."""
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in packages)
    return (
        f"{dt.date.today().isoformat()}; {os.cpu_count()} cores ({platform.machine()}), {pages / 1e9:.0f} GB RAM, "
        f"{platform.system()}; Python {platform.python_version()}, {versions}"
    )


def record(title: str, body: str) -> None:
    """Write one section of ``RESULTS.md`` anew; the others stay."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n"
    section = f"## {title}\n\n{body.strip()}\n"
    pattern = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if pattern.search(text):
        text = pattern.sub(lambda _: section + "\n", text)
    else:
        text = f"{text.rstrip()}\n\n{section}"
    RESULTS.write_text(text.rstrip() + "\n", encoding="utf-8")
