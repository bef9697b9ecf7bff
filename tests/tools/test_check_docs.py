"""Each documentation check names what is wrong and keeps silent about what is right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Repository = Callable[[dict[str, str]], Path]

SOUND = {
    "Makefile": "help: ## List targets\n\t@true\nrun: setup ## Run\nsetup:\nX := 1\n",
    "README.md": "# A\n\nSee [method](docs/method.md#grid-factors), [web](https://example.org), `make run`.\n"
    "\n```sh\nmake setup run\n```\n",
    "docs/method.md": "# Method\n\n## Grid factors\n\n[up](../README.md) `config/sites.csv`\n",
    "docs/data-dictionary.md": "# Data dictionary\n\n### fct_emissions\n",
    "dbt_project/models/marts/fct_emissions.sql": "select 1\n",
    "config/sites.csv": "site_id\n",
    "footing/a.py": "x = 1\n",
}


def test_a_sound_repository_has_no_problem(check_docs: ModuleType, repository: Repository) -> None:
    assert check_docs.problems(repository(SOUND)) == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("README.md", "[m](docs/none.md)\n", "README.md: link docs/none.md: no such file"),
        ("README.md", "![p](docs/none.png)\n", "README.md: link docs/none.png: no such file"),
        ("README.md", "[r][x]\n\n[x]: none.md\n", "README.md: link none.md: no such file"),
        ("README.md", "[m](docs/method.md#water)\n", "README.md: link docs/method.md#water: no such heading"),
        ("docs/method.md", "`make depoly`", "docs/method.md: make depoly: the Makefile has no such target"),
        (
            "docs/method.md",
            "```\nmake run all\n```\n",
            "docs/method.md: make all: the Makefile has no such target",
        ),
        (
            "dbt_project/models/reports/rpt_new.sql",
            "select 1\n",
            "dbt_project/models/reports/rpt_new.sql: not in docs/data-dictionary.md; run make docs",
        ),
        ("config/meters.csv", "m\n", "config/meters.csv: named neither in docs/ nor in config/README.md"),
        (
            "footing/b.py",
            "x = 1\n" * 301,
            "footing/b.py: 301 lines, at most 300: split it by reason to change",
        ),
        ("tests/b.py", "x = 1\n" * 401, "tests/b.py: 401 lines, at most 400: split it by reason to change"),
        (
            "dbt_project/models/b.sql",
            "--\n" * 121,
            "dbt_project/models/b.sql: 121 lines, at most 120: split it by reason to change",
        ),
    ],
)
def test_a_wrong_file_is_named(
    check_docs: ModuleType, repository: Repository, name: str, text: str, expected: str
) -> None:
    found = check_docs.problems(repository({**SOUND, name: text}))
    assert expected in found


@pytest.mark.parametrize(
    "text",
    [
        "index = https://" + "pypi.org" + "/simple",
        "path = " + "/work" + "/main",
        "see " + "/tmp" + "/bash_jobs.0/x",
        "x: '" + "/work" + "/data'",
    ],
)
def test_one_machines_paths_and_package_indexes_are_named(
    check_docs: ModuleType, repository: Repository, text: str
) -> None:
    found = check_docs.problems(repository({**SOUND, "a.toml": f"first\n{text}\n"}))
    assert len(found) == 1
    assert found[0].startswith("a.toml:2: ")


def test_a_folder_called_work_inside_a_path_is_no_machines_path(
    check_docs: ModuleType, repository: Repository
) -> None:
    text = "data" + "/work" + '/build.duckdb f"{data}' + "/work" + '/audit.json"\n'
    assert check_docs.problems(repository({**SOUND, "a.txt": text})) == []


def test_files_git_ignores_are_not_checked(check_docs: ModuleType, repository: Repository) -> None:
    root = repository({**SOUND, ".gitignore": "data/\n", "data/x.md": "[m](none.md)\n"})
    assert check_docs.problems(root) == []


def test_links_inside_code_are_not_links(check_docs: ModuleType, repository: Repository) -> None:
    text = "```\n[a](none.md)\n```\n`[b](none.md)`\n"
    assert check_docs.problems(repository({**SOUND, "docs/x.md": text})) == []
