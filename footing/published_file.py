"""The published file: which rows make it what it is, and how it is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import duckdb

from footing import __version__
from footing.parquet import whole

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
        "select column_name, data_type from duckdb_columns()"
        " where schema_name = 'main' and table_name = ? order by 1",
        [table],
    ).fetchall()
    kept = [(name, kind) for name, kind in columns if name not in UNHASHED]
    shown = ", ".join(
        f"printf('%.12g', \"{name}\")" if kind == "DOUBLE" else f'"{name}"' for name, kind in kept
    )
    row = con.execute(
        f"select count(*) || ' ' || coalesce(md5(string_agg(h, '' order by h)), '') "
        f'from (select md5(to_json(row({shown}))::varchar) as h from "{table}")'
    ).fetchall()
    return f"{' '.join(name for name, _ in kept)} {row[0][0]}"


def write_file(build: Path, target: Path, publication: Publication) -> None:
    """Copy what readers are promised (schema ``main``) into a compact new file.

    Tables, views, comments and macros; every view and macro is tried once in the new file, which stands alone then.
    """
    with whole(target) as temporary:
        with duckdb.connect(str(temporary)) as con:
            con.execute(f"attach '{_quoted(str(build))}' as source (read_only)")
            _copy_tables(con)
            _copy_views(con)
            _copy_comments(con)
            _copy_macros(con)
            con.execute(
                "create table meta_publication as select ?::date as period_month, ?::integer as revision,"
                " ? as hash8, ? as code_version",
                [f"{publication.period}-01", publication.revision, publication.hash8, __version__],
            )
            con.execute("detach source")
        _try_views(temporary)


def _copy_tables(con: duckdb.DuckDBPyConnection) -> None:
    for (table,) in _listed(con, "table_name", "duckdb_tables()"):
        con.execute(f'create table "{table}" as from source.main."{table}"')


def _copy_views(con: duckdb.DuckDBPyConnection) -> None:
    for (sql,) in _listed(con, "sql", "duckdb_views()", "not internal", "view_oid"):
        con.execute(sql)


def _copy_comments(con: duckdb.DuckDBPyConnection) -> None:
    for kind, name, relation in (
        ("table", "'\"' || table_name || '\"'", "duckdb_tables()"),
        ("view", "'\"' || view_name || '\"'", "duckdb_views()"),
        ("column", "'\"' || table_name || '\".\"' || column_name || '\"'", "duckdb_columns()"),
    ):
        for target, comment in _listed(con, f"{name}, comment", relation, "comment <> ''"):
            con.execute(f"comment on {kind} {target} is '{_quoted(comment)}'")


def _copy_macros(con: duckdb.DuckDBPyConnection) -> None:
    wanted = "function_name, parameters, macro_definition"
    for name, parameters, body in _listed(con, wanted, "duckdb_functions()", "function_type = 'table_macro'"):
        con.execute(f"create macro {name}({', '.join(parameters)}) as table {body}")


def _listed(
    con: duckdb.DuckDBPyConnection, columns: str, relation: str, condition: str = "true", order: str = "1"
) -> list[tuple[str, ...]]:
    return con.execute(
        f"select {columns} from {relation}"
        f" where database_name = 'source' and schema_name = 'main' and {condition} order by {order}"
    ).fetchall()


def _try_views(path: Path) -> None:
    """Read every view once, with no other file in reach: one that needs another must not be published."""
    with duckdb.connect(str(path), read_only=True, config={"enable_external_access": "false"}) as con:
        views = con.execute("select view_name from duckdb_views() where not internal").fetchall()
        for (view,) in views:
            con.execute(f'select * from "{view}" limit 0').fetchall()


def _quoted(text: str) -> str:
    return text.replace("'", "''")
