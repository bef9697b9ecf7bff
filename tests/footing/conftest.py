"""An installation of its own for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from footing.paths import ROOT, Paths


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """Fresh folders, and the bundled configuration in a copy that a test may break."""
    for name in ("FOOTING_INBOX", "FOOTING_LANDING"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FOOTING_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("FOOTING_CONFIG", str(shutil.copytree(ROOT / "config", tmp_path / "config")))
    return Paths.from_env()
