"""The check scripts are no package: load them from their files, and give each test a small repository."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"


def _load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"footing_tools_{name}", TOOLS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def check_docs() -> ModuleType:
    return _load("check_docs")


@pytest.fixture(scope="session")
def data_dictionary() -> ModuleType:
    return _load("data_dictionary")


@pytest.fixture(scope="session")
def electricity_mixes() -> ModuleType:
    return _load("electricity_mixes")


@pytest.fixture
def repository(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Give a function that writes files into a fresh git repository and returns its root."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)

    def write(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write
