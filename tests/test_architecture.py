"""The rooms and their borders: who may import whom, where SQL stands, where emissions are computed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = {
    "connectors",
    "footing",
    "dags",
    "expectations",
    "dashboards",
    "reports",
    "examples",
    "benchmarks",
    "tools",
}
# What each room may import of the others.
MAY_IMPORT: dict[str, set[str]] = {
    "connectors": set(),
    "footing": {"connectors", "expectations", "reports"},
    "dags": {"footing"},
    "expectations": set(),
    "dashboards": set(),
    # The report shows the same figures as the dashboard: one reader of the published file, one way to write numbers.
    "reports": {"dashboards"},
    "examples": set(),
    "benchmarks": {"connectors", "footing"},
    "tools": set(),
}
# Emissions are computed in SQL under dbt_project/: no factor, no conversion to CO2e in Python or elsewhere.
ARITHMETIC = re.compile(
    r"(amount|kwh|kg_co2e|emissions?|factor(_value)?|share|pue)\w*\"?\]?\s*[*/]\s*[\w(\"]|[\w)\]]\s*\*\s*\w*(factor|co2e|kwh|pue)\w*",
    re.IGNORECASE,
)
SQL = re.compile(
    r"\b(select\b.+\bfrom|insert\s+into|create\s+(table|view|macro)|copy\s*\()\b", re.IGNORECASE | re.DOTALL
)
# Which rooms read a client of a network or a store.
NETWORK = {"requests", "httpx", "boto3", "google", "azure", "urllib", "fsspec", "s3fs", "socket", "paramiko"}
MAY_REACH_OUT = {
    "footing/storage.py",  # the store
    "footing/airflow_local.py",  # asks loopback whether Airflow answers
}


def files(room: str) -> list[Path]:
    return sorted(path for path in (ROOT / room).rglob("*.py") if "__pycache__" not in path.parts)


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module


def strings(path: Path) -> Iterator[str]:
    """Texts that a file may run: docstrings are none."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    notes = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
            yield node.value


def code(path: Path) -> str:
    """A file's code without comments, docstrings and texts."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.unparse(tree)


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_a_room_imports_only_what_it_may(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files(room)
        for name in imports(path)
        if (other := name.partition(".")[0]) in ROOMS and other != room and other not in MAY_IMPORT[room]
    ]
    assert wrong == []


def test_the_rooms_are_there() -> None:
    assert all(files(room) for room in ("connectors", "footing", "dags", "expectations", "examples"))


def test_dags_hold_no_sql() -> None:
    assert [(path.name, text) for path in files("dags") for text in strings(path) if SQL.search(text)] == []


def test_connectors_hold_no_sql_but_that_of_the_source_they_ask() -> None:
    wrong = [
        path.name
        for path in files("connectors")
        for text in strings(path)
        if SQL.search(text) and path.name != "google_carbon_footprint.py"
    ]
    assert wrong == []


@pytest.mark.parametrize("room", ["connectors", "footing", "dags", "dashboards", "reports", "expectations"])
def test_emissions_are_computed_in_dbt_alone(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {line}"
        for path in files(room)
        for line in code(path).splitlines()
        if ARITHMETIC.search(line)
    ]
    assert wrong == []


def test_the_library_names_no_source() -> None:
    connectors = {path.stem for path in files("connectors") if not path.stem.startswith("_")} - {"base"}
    # The demonstration is about one bundled organization, whose restated source it names.
    library = [path for path in files("footing") if path.name != "demo.py"]
    assert [(path.name, text) for path in library for text in strings(path) if text in connectors] == []


def test_only_connectors_and_the_store_reach_out() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for room in ("footing", "dags", "expectations", "dashboards", "reports")
        for path in files(room)
        for name in imports(path)
        if name.partition(".")[0] in NETWORK and str(path.relative_to(ROOT)) not in MAY_REACH_OUT
    ]
    assert wrong == []


def test_connectors_never_read_a_clock_while_parsing() -> None:
    wrong = [
        f"{path.name}: {function.name}"
        for path in files("connectors")
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef) and function.name == "parse"
        if re.search(r"\b(now|today|utcnow|time\.time)\(", ast.unparse(function))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("pattern", "limit"), [("[!t]*/**/*.py", 300), ("tests/**/*.py", 400), ("dbt_project/**/*.sql", 120)]
)
def test_files_stay_small(pattern: str, limit: int) -> None:
    rooms = [
        path
        for path in ROOT.glob(pattern)
        if not {".venv", "data", "target"} & set(path.relative_to(ROOT).parts)
    ]
    assert rooms
    lengths = {str(p.relative_to(ROOT)): len(p.read_text(encoding="utf-8").splitlines()) for p in rooms}
    assert {name: lines for name, lines in lengths.items() if lines > limit} == {}
