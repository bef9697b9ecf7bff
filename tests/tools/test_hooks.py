"""The hooks before a commit run what ``make lint`` runs, and fetch nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]


def hooks() -> list[dict[str, Any]]:
    repos = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    assert [repo["repo"] for repo in repos] == ["local"]
    found: list[dict[str, Any]] = repos[0]["hooks"]
    return found


def test_hooks_and_make_lint_run_the_same_commands() -> None:
    recipe = re.search(r"^lint:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert recipe is not None
    commands = [
        line.strip().lstrip("@").replace("$(BIN)", ".venv/bin") for line in recipe.group(1).splitlines()
    ]
    assert [hook["entry"] for hook in hooks()] == commands


def test_hooks_use_what_is_installed() -> None:
    assert {hook["language"] for hook in hooks()} == {"system"}
