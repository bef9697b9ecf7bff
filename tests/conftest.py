"""The small world, built once for all tests that read it, and the order in which test files run."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from filelock import FileLock

from tests.ledger import world

# Files whose tests build the ledger or run Airflow take minutes: begun first, they leave no worker idle at the end.
SLOW = ("tests/ledger/", "tests/dags/", "tests/docs/", "tests/expectations/test_gate.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slow files first; within each group the order stays."""
    items.sort(key=lambda item: not item.nodeid.startswith(SLOW))


@pytest.fixture(scope="session")
def small_world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, dict[str, str]]:
    """Build the small world with all its tests once, whichever worker comes first; nobody may write into it.

    Gives its folder, dbt's exit code and the messages of what failed.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, outcome = shared / "small-world", shared / "small-world.json"
    with FileLock(shared / "small-world.lock"):
        if not outcome.exists():
            world.write(folder)
            outcome.write_text(json.dumps(world.build(folder)), encoding="utf-8")
    code, failed = json.loads(outcome.read_text(encoding="utf-8"))
    return folder, code, failed
