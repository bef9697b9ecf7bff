"""Big documents rolled up one by one by the portable SQL of ``dbt_project/rollup/``, before the build.

A file of SQL starts with ``-- connector: <name>``: it runs once per typed document of that connector and sees its rows as
``samples``; its last statement is the roll-up. A folder of numbered files is one roll-up. With ``-- beside: <name>`` it also sees, as ``beside``, the rows of that
other connector's current documents of the same request, from a month before to a month after.
"""

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


# Which documents of the other connector stand beside one: those of the newest usable delivery of each month.
BESIDE = """
select distinct doc_key
from (
    select *, max(seq) over (partition by source_id, request, period_month) as newest
    from read_parquet('{documents}')
    where connector = '{connector}' and complete and readable
) as usable
where seq = newest and exists (
    select 1 from read_parquet('{documents}') as own
    where own.doc_key = '{doc_key}' and own.request = usable.request
    and usable.period_month between own.period_month - interval '1' month and own.period_month + interval '1' month
)
order by all
"""


def roll_up(typed: Path, rollup: Path) -> None:
    """Bring every roll-up up to date: one Parquet per typed document, named by the hash of its inputs and the SQL.

    The parser counts as an input: documents that were read anew are rolled up anew. A file whose document or SQL is
    gone is removed, so that nothing is counted twice; the roll-up of a connector's empty file is ``_empty.parquet``.
    """
    for name in sorted(path.stem for path in SQL_FOLDER.iterdir()):
        query = text_of(name)
        named = re.match(r"-- connector: (\w+)\n(?:-- beside: (\w+)\n)?", query)
        if not named:
            raise ValueError(f"{name}: the first line must be '-- connector: <name>'")
        connector, other = named.groups()
        wanted = {}
        for document in sorted((typed / connector).glob("*.parquet")):
            beside = _beside(typed, other, document.stem) if other else []
            wanted[rollup / name / f"{_hash(document.stem, connector, query, beside)}.parquet"] = (
                document,
                beside,
            )
        (rollup / name).mkdir(parents=True, exist_ok=True)
        for stale in set((rollup / name).glob("*.parquet")) - set(wanted):
            stale.unlink()
        for target, (document, beside) in wanted.items():
            if target.stem == EMPTY or not target.exists():
                run(query, document, beside, target)


def text_of(name: str) -> str:
    """Give the statements of a roll-up, which stands in one file or in the numbered files of a folder."""
    files = sorted((SQL_FOLDER / name).glob("*.sql")) or [SQL_FOLDER / f"{name}.sql"]
    return ";\n".join(file.read_text(encoding="utf-8").rstrip("\n") for file in files) + "\n"


def _beside(typed: Path, connector: str, doc_key: str) -> list[Path]:
    folder, documents = typed / connector, typed / "_documents.parquet"
    keys = []
    if doc_key != EMPTY and documents.exists():
        with duckdb.connect() as con:
            query = BESIDE.format(documents=_quoted(documents), connector=connector, doc_key=doc_key)
            keys = [key for (key,) in con.execute(query).fetchall()]
    return [folder / f"{EMPTY}.parquet", *(folder / f"{key}.parquet" for key in keys)]


def _hash(document: str, connector: str, query: str, beside: list[Path]) -> str:
    if document == EMPTY:
        return EMPTY
    others = [f"{path.stem} {parser_version(path.parent.name)}" for path in beside]
    text = "\n".join([document, parser_version(connector), query, *others])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def run(query: str, document: Path, beside: list[Path], target: Path) -> None:
    """Run one roll-up over one typed document, within 400 MB; the target is written whole or not at all."""
    *before, last = query.split(";\n")
    with whole(target) as temporary, tempfile.TemporaryDirectory() as spill, duckdb.connect() as con:
        con.execute("set TimeZone = 'UTC'")
        # A document may have ten million rows, of which each may be a group of its own.
        con.execute(f"set memory_limit = '{MEMORY}'")
        con.execute(f"set temp_directory = '{spill}'")
        con.execute("set preserve_insertion_order = false")
        con.execute(f"create view samples as select * from read_parquet('{_quoted(document)}')")
        if beside:
            files = ", ".join(f"'{_quoted(path)}'" for path in beside)
            con.execute(f"create view beside as select * from read_parquet([{files}])")
        for statement in before:
            con.execute(statement)
        con.execute(f"copy ({last} order by all) to '{_quoted(temporary)}' (format parquet)")


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
