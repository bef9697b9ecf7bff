"""Publication: an immutable, versioned file and a pointer that is swapped in one step."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

from footing import __version__
from footing.paths import Paths
from footing.storage import Store

# Not part of a file's identity: when and in which delivery a document came in.
UNHASHED = {"retrieved_at", "delivery_id", "superseded_by"}
HASHED_PREFIXES = ("fct_", "dim_", "bridge_")


@dataclass(frozen=True)
class Publication:
    """A published file; ``is_new`` is false where the same rows had been published before."""

    path: Path
    period: str
    revision: int
    hash8: str
    is_new: bool


def canonical_hash(path: Path) -> str:
    """Hash of the base tables' rows, whatever their order and the file's bytes; numbers to 12 significant digits.

    Twelve digits, because the last ones of a sum of doubles depend on the order in which they were added.
    """
    digest = hashlib.sha256()
    with duckdb.connect(str(path), read_only=True) as con:
        tables = con.execute(
            "select table_name from duckdb_tables() where schema_name = 'main' order by 1"
        ).fetchall()
        for (table,) in tables:
            if table.startswith(HASHED_PREFIXES):
                digest.update(f"{table} {_table_hash(con, table)}\n".encode())
    return digest.hexdigest()


def _table_hash(con: duckdb.DuckDBPyConnection, table: str) -> str:
    columns = con.execute(
        "select column_name, data_type from duckdb_columns() where schema_name = 'main' and table_name = ? order by 1",
        [table],
    ).fetchall()
    shown = ", ".join(
        f"printf('%.12g', \"{name}\")" if kind == "DOUBLE" else f'"{name}"'
        for name, kind in columns
        if name not in UNHASHED
    )
    row = con.execute(
        f"select count(*) || ' ' || coalesce(md5(string_agg(h, '' order by h)), '') "
        f'from (select md5(to_json(row({shown}))::varchar) as h from "{table}")'
    ).fetchall()
    return str(row[0][0])


def publish(paths: Paths, period: str) -> Publication:
    """Publish the audited build of ``period`` and swap the pointer.

    The revision is one more than those recorded in ``landing/_closes/`` for the period. Rows equal to the newest
    revision publish nothing new; its file is restored when it is missing.
    """
    store = Store(paths.landing)
    hash8 = canonical_hash(paths.build_file)[:8]
    closes = [
        json.loads(store.read(entry.path))
        for entry in store.files("_closes")
        if f"/{period}-r" in f"/{entry.path}"
    ]
    newest = max(closes, key=lambda close: close["revision"], default=None)
    is_new = newest is None or newest["hash8"] != hash8
    revision = (newest["revision"] if newest else 0) + (1 if is_new else 0)
    target = paths.published / f"footing-{period}-r{revision}-{hash8}.duckdb"
    if not target.exists():
        _write_file(paths.build_file, target, period, revision, hash8)
    if is_new:
        record = {
            "period": period,
            "revision": revision,
            "hash8": hash8,
            "file": target.name,
            "code_version": __version__,
        }
        body = json.dumps(record, indent=1, sort_keys=True).encode()
        store.write(f"_closes/{period}-r{revision}-{hash8}.json", iter([body]))
    _point(paths.current, target.name)
    return Publication(target, period, revision, hash8, is_new)


def _write_file(build: Path, target: Path, period: str, revision: int, hash8: str) -> None:
    """Copy what readers are promised (schema main) into a compact new file: tables, then views, comments and macros."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(".part")
    temporary.unlink(missing_ok=True)
    with duckdb.connect(str(temporary)) as con:
        con.execute(f"attach '{build}' as source (read_only)")
        tables = con.execute(
            "select table_name, comment from duckdb_tables() where database_name = 'source' and schema_name = 'main' order by 1"
        ).fetchall()
        for table, comment in tables:
            con.execute(f'create table "{table}" as from source.main."{table}"')
            _comment(con, "table", table, comment)
        for view, sql, comment in con.execute(
            "select view_name, sql, comment from duckdb_views() where database_name = 'source' and schema_name = 'main' and not internal"
        ).fetchall():
            con.execute(sql.replace("source.main.", "").replace("source.", ""))
            _comment(con, "view", view, comment)
        for relation, column, comment in con.execute(
            "select table_name, column_name, comment from duckdb_columns() where database_name = 'source'"
            " and schema_name = 'main' and comment is not null"
        ).fetchall():
            _comment(con, "column", f'{relation}"."{column}', comment)
        for name, parameters, body in con.execute(
            "select function_name, parameters, macro_definition from duckdb_functions()"
            " where database_name = 'source' and schema_name = 'main' and function_type = 'table_macro'"
        ).fetchall():
            con.execute(f"create macro {name}({', '.join(parameters)}) as table {body}")
        con.execute(
            "create table meta_publication as select ?::date as period_month, ?::integer as revision, ? as hash8, ? as code_version",
            [f"{period}-01", revision, hash8, __version__],
        )
        con.execute("detach source")
    temporary.replace(target)


def _comment(con: duckdb.DuckDBPyConnection, kind: str, name: str, comment: str | None) -> None:
    if comment:
        con.execute(f"comment on {kind} \"{name}\" is '{comment.replace(chr(39), chr(39) * 2)}'")


def _point(pointer: Path, name: str) -> None:
    temporary = pointer.with_name(f".{pointer.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    os.symlink(name, temporary)
    os.replace(temporary, pointer)
