"""Telemetry rolled up per typed document by the portable SQL of ``dbt_project/rollup/``, before the build."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import duckdb

from footing.paths import ROOT

SQL_FOLDER = ROOT / "dbt_project" / "rollup"


def roll_up(typed: Path, rollup: Path) -> None:
    """Bring every roll-up up to date: one Parquet per typed document, named by the hash of its key and the SQL.

    A file whose document or SQL is gone is removed, so that nothing is counted twice.
    """
    for sql in sorted(SQL_FOLDER.glob("*.sql")):
        query = sql.read_text(encoding="utf-8")
        named = re.match(r"-- connector: (\w+)\n", query)
        if not named:
            raise ValueError(f"{sql.name}: the first line must be '-- connector: <name>'")
        wanted = {
            rollup / sql.stem / f"{_hash(document.stem, query)}.parquet": document
            for document in sorted((typed / named.group(1)).glob("*.parquet"))
        }
        (rollup / sql.stem).mkdir(parents=True, exist_ok=True)
        for stale in set((rollup / sql.stem).glob("*.parquet")) - set(wanted):
            stale.unlink()
        for target, document in wanted.items():
            if not target.exists():
                _run(query, document, target)


def _hash(document: str, query: str) -> str:
    return hashlib.sha256(f"{document}\n{query}".encode()).hexdigest()[:32]


def _run(query: str, document: Path, target: Path) -> None:
    temporary = target.with_suffix(".part")
    with duckdb.connect() as con:
        con.execute(f"create view samples as select * from read_parquet('{document}')")
        con.execute(f"copy ({query} order by all) to '{temporary}' (format parquet)")
    temporary.replace(target)
