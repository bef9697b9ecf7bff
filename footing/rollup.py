"""Telemetry rolled up per typed document by the portable SQL of ``dbt_project/rollup/``, before the build."""

from __future__ import annotations

import hashlib
import re
import tempfile
from pathlib import Path

import duckdb

from footing.parquet import whole
from footing.paths import ROOT
from footing.typed import parser_version

EMPTY = "_empty"
MEMORY = "400MB"
SQL_FOLDER = ROOT / "dbt_project" / "rollup"


def roll_up(typed: Path, rollup: Path) -> None:
    """Bring every roll-up up to date: one Parquet per typed document, named by the hash of its key and the SQL.

    The parser counts as an input: documents that were read anew are rolled up anew. A file whose document or SQL is
    gone is removed, so that nothing is counted twice; the roll-up of a connector's empty file is ``_empty.parquet``.
    """
    for sql in sorted(SQL_FOLDER.glob("*.sql")):
        query = sql.read_text(encoding="utf-8")
        named = re.match(r"-- connector: (\w+)\n", query)
        if not named:
            raise ValueError(f"{sql.name}: the first line must be '-- connector: <name>'")
        version = parser_version(named.group(1))
        wanted = {
            rollup / sql.stem / f"{_hash(document.stem, version, query)}.parquet": document
            for document in sorted((typed / named.group(1)).glob("*.parquet"))
        }
        (rollup / sql.stem).mkdir(parents=True, exist_ok=True)
        for stale in set((rollup / sql.stem).glob("*.parquet")) - set(wanted):
            stale.unlink()
        for target, document in wanted.items():
            if target.stem == EMPTY or not target.exists():
                _run(query, document, target)


def _hash(document: str, version: str, query: str) -> str:
    if document == EMPTY:
        return EMPTY
    return hashlib.sha256(f"{document}\n{version}\n{query}".encode()).hexdigest()[:32]


def _run(query: str, document: Path, target: Path) -> None:
    with whole(target) as temporary, tempfile.TemporaryDirectory() as spill, duckdb.connect() as con:
        con.execute("set TimeZone = 'UTC'")
        # A document may have ten million rows, of which each may be a group of its own.
        con.execute(f"set memory_limit = '{MEMORY}'")
        con.execute(f"set temp_directory = '{spill}'")
        con.execute("set preserve_insertion_order = false")
        con.execute(f"create view samples as select * from read_parquet('{_quoted(document)}')")
        con.execute(f"copy ({query} order by all) to '{_quoted(temporary)}' (format parquet)")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
