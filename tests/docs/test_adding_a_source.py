"""Follow docs/adding-a-source.md to the letter in a copy of the rooms, and close a month with the new source."""

import re
import shutil
import subprocess
import sys

import duckdb
import pytest

from tests.ledger import world

ROOT = world.ROOT
PAGE = (ROOT / "docs" / "adding-a-source.md").read_text()
PARSE = """
import sys; sys.path.insert(0, {copy!r})
from pathlib import Path
import pyarrow as pa, pyarrow.parquet as pq
import connectors
from connectors.base import Document
assert "northwind" in connectors.NAMES
connector = connectors.load("northwind")
document = Document(Path({copy!r}) / "tests/connectors/samples/northwind.csv", "northwind.csv", "acc-1")
parsed = list(connector.parse(document))
assert not [r for p in parsed for r in p.rejects]
table = pa.Table.from_batches([p.rows for p in parsed])
table = table.add_column(0, "doc_key", pa.array(["d-nw"] * len(table)))
Path({typed!r}).mkdir(parents=True, exist_ok=True)
pq.write_table(table, {typed!r} + "/d.parquet")
from expectations import gate
import importlib
suite = importlib.import_module("expectations.suites.northwind").suite()
results = gate._validate(table.to_pandas(), suite, "northwind", "documents", "northwind")
assert results and all(r.success for r in results), results
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("repo")
    for room in ("connectors", "dbt_project", "expectations"):
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("target", "__pycache__"))
    files = re.findall(r"^`([\w./]+)`\n```\w+\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert len(files) == 5, "document, connector, two staging files, suite"
    for path, text in files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    place, old, new = re.search(r"In `([\w./]+)`:\n```diff\n-(.*)\n\+(.*)\n```", PAGE).groups()
    model = folder / place
    assert old in model.read_text()
    model.write_text(model.read_text().replace(old, new))
    return folder


def test_the_page_makes_a_source_that_closes_and_foots(copy, tmp_path):
    world.write(tmp_path, {
        "typed/_documents.parquet": world.DOCUMENTS.replace(
            "('gcp-1',", "('nw-1', 'northwind', 'northwind', 'acc-1', 'd-nw'), ('gcp-1',"),
        "typed/_config/sources.parquet": world.CONFIG["sources"].replace(
            "(values", "(values ('northwind', 'Northwind', 'northwind', 'statement', 'monthly', 'inbox', date '2026-09-01', 1),"),
        "typed/_config/requests.parquet": world.CONFIG["requests"].replace("(values", "(values ('northwind', 'acc-1'),"),
        "typed/_config/allocation_rules.parquet": world.CONFIG["allocation_rules"].replace(
            "(values", "(values (5, 'northwind', 'northwind_service', 'GPU.*', 'ai', 'P2', null, 'training', null),"),
    })  # fmt: skip
    code = PARSE.format(copy=str(copy), typed=str(tmp_path / "typed" / "northwind"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=copy)
    assert done.returncode == 0, done.stderr[-2000:]
    assert world.build(tmp_path, "--exclude-resource-type", "unit_test", project=copy / "dbt_project") == (
        0,
        {},
    )
    with duckdb.connect(str(tmp_path / "build.duckdb"), read_only=True) as con:
        rows = con.execute(
            """select service, accounting_basis, boundary, project_id, amount from fct_emissions_allocated
            where provider = 'northwind' order by all"""
        ).fetchall()
        assert rows == [
            ("GPU Cluster", "location", "ai", "P2", 120.5), ("GPU Cluster", "market", "ai", "P2", 40.25),
            ("Object Store", "location", "unattributed", None, 9.5), ("Object Store", "market", "unattributed", None, 3.0),
        ]  # fmt: skip
        foots = con.execute(
            "select count(*), bool_and(abs(difference) <= tolerance) from rpt_conservation where delivery_id = 'nw-1'"
        )
        assert foots.fetchall() == [(3, True)]
