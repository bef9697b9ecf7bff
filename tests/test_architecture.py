"""The rooms: who may import whom, no SQL in dags/, no emission arithmetic outside dbt_project/."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("benchmarks", "connectors", "dags", "dashboards", "expectations", "footing", "reports", "examples")
MAY_IMPORT = {
    "connectors": set(),
    "expectations": set(),
    "dashboards": set(),
    "reports": {"dashboards"},
    "footing": {"connectors", "expectations", "reports", "dags"},
    "dags": {"footing"},
    "examples": {"connectors"},
}
FILES = [path for room in MAY_IMPORT for path in sorted((ROOT / room).rglob("*.py"))]
SQL = re.compile(
    r"^\s*(select|insert|update|delete|create|with)\b.*\b(from|into|set|table|view)\b",
    re.IGNORECASE | re.DOTALL,
)


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def room_of(path):
    return path.relative_to(ROOT).parts[0]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_rooms_import_only_what_they_may(path):
    room = room_of(path)
    used = {name.split(".")[0] for name in imported(path)} & set(ROOMS)
    assert used <= MAY_IMPORT[room] | {room}


@pytest.mark.parametrize("path", sorted((ROOT / "dags").glob("*.py")), ids=lambda p: p.name)
def test_dags_hold_no_sql(path):
    strings = [
        node.value
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert not [text for text in strings if SQL.search(text)]


@pytest.mark.parametrize(
    "path", [p for p in FILES if room_of(p) != "examples"], ids=lambda p: str(p.relative_to(ROOT))
)
def test_no_emission_arithmetic_outside_dbt(path):
    """No product or quotient with a figure of the ledger: kg, kWh, watts, factors (units of display are in format.py)."""
    figures = re.compile(r"(kg_co2e|_kwh|kwh$|_watts|factor_value|emission)", re.IGNORECASE)
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
            names = [n.id for n in ast.walk(node) if isinstance(n, ast.Name)] + [
                n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)
            ]
            assert not [name for name in names if figures.search(name)], f"line {node.lineno}"


def test_footing_knows_nothing_of_one_source():
    names = {path.stem for path in (ROOT / "connectors").glob("[a-z]*.py")} - {"base"}
    for path in sorted((ROOT / "footing").glob("*.py")):
        assert not {name for name in names if re.search(rf"\b{name}\b", path.read_text())}, path.name


def test_connectors_fetch_alone_does_io_with_the_outside():
    """Network and processes are imported by fetch's own helpers only, never where parse would reach them."""
    outside = {"requests", "subprocess", "socket", "urllib.request", "fsspec"}
    allowed = {"_http.py", "_files.py", "slurm_sacct.py"}
    for path in (ROOT / "connectors").glob("*.py"):
        if path.name not in allowed:
            assert not outside & set(imported(path)), path.name


def test_an_offender_would_be_seen(tmp_path):
    bad = tmp_path / "x.py"
    bad.write_text("import footing.paths\nQ = 'select a from b'\n")
    assert "footing.paths" in set(imported(bad)) and SQL.search("select a from b")
