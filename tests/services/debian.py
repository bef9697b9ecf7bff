"""Debian packages the service tests need: there already, or installed as root, or a plain failure."""

from __future__ import annotations

import os
import shutil

import pytest

from .processes import run

PROMETHEUS = {"prometheus": "prometheus", "promtool": "prometheus"}
SLURM = {
    "slurmctld": "slurmctld",
    "slurmd": "slurmd",
    "slurmdbd": "slurmdbd",
    "sacct": "slurm-client",
    "munged": "munge",
    "mariadbd": "mariadb-server",
}

# Debian's invoke-rc.d starts nothing in runlevel 1: the packages are wanted for their binaries, and
# every server here is started by the tests, with its own port and directory.
_NO_SERVICE_START = {"RUNLEVEL": "1", "DEBIAN_FRONTEND": "noninteractive"}

_SYSTEM_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"


def require(commands: dict[str, str]) -> None:
    """Make the commands (name -> Debian package) available, or fail the test saying how."""
    missing = sorted({package for command, package in commands.items() if not which(command)})
    if not missing:
        return
    install = f"apt-get install -y --no-install-recommends {' '.join(missing)}"
    if os.geteuid() != 0 or not which("apt-get"):
        pytest.fail(f"service tests need {', '.join(missing)}; as root on Debian: {install}", pytrace=False)
    run(["apt-get", "update", "-q"], env=_NO_SERVICE_START, timeout=300)
    run([*install.split(), "-q"], env=_NO_SERVICE_START, timeout=600)
    still = sorted(command for command in commands if not which(command))
    if still:
        pytest.fail(f"{install} did not bring {', '.join(still)}", pytrace=False)


def which(command: str) -> str | None:
    """Find a command, the system directories included (daemons live in sbin)."""
    return shutil.which(command, path=f"{os.environ.get('PATH', '')}:{_SYSTEM_PATH}")
