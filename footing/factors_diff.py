"""What changed between the factors of two published files, and what it moves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

from footing.paths import ROOT

QUERY = ROOT / "dbt_project" / "queries" / "factors_diff.sql"


class NotAFile(Exception):
    """A path that is no published file; the text says what to give instead."""


def differences(earlier: Path, later: Path) -> list[dict[str, Any]]:
    """Give each factor added, removed, changed or chosen instead of another, per scope of the rows that rest on it.

    Parameters
    ----------
    earlier, later : Path
        Two published files; both are only read.

    Returns
    -------
    list of dict
        ``change``, ``factor_id``, ``earlier_factor_id``, ``name``, ``earlier_value``, ``later_value``, ``unit``,
        ``source``, ``scope``, ``rows``, what rests on it and what it moves in kg by accounting basis; the largest
        movement first.

    Raises
    ------
    NotAFile
        When a path is no published file.
    """
    with duckdb.connect() as con:
        for name, path in (("earlier", earlier), ("later", later)):
            _attach(con, name, path)
        try:
            found = con.execute(QUERY.read_text(encoding="utf-8"))
        except duckdb.CatalogException as error:
            raise NotAFile(
                f"{earlier} and {later}: one is no published file ({error}); give two of published/"
            ) from None
        names = [column[0] for column in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def show(earlier: Path, later: Path) -> None:
    """Print the differences as a table."""
    rows = differences(earlier, later)
    console = Console(width=150)
    if not rows:
        console.print(f"The factors of {earlier.name} and {later.name} are the same.")
        return
    table = Table(title=f"Factors: {earlier.name} → {later.name}", title_justify="left")
    for heading in ("change", "factor", "unit", "scope"):
        table.add_column(heading, overflow="fold")
    for heading in ("earlier", "later", "rests on it, kg (L)", "moves, kg (L)", "moves, kg (M)"):
        table.add_column(heading, justify="right")
    for row in rows:
        was = f" (was {row['earlier_factor_id']})" if row["earlier_factor_id"] else ""
        scope = (
            "memo"
            if row["scope"] is None and row["rows"]
            else "–"
            if row["scope"] is None
            else str(row["scope"])
        )
        table.add_row(
            row["change"], f"{row['factor_id']}{was}\n[dim]{row['source']}[/dim]", row["unit"], scope,
            _value(row["earlier_value"]), _value(row["later_value"]), f"{row['location_kg']:,.1f}",
            f"{row['location_moved_kg']:+,.1f}", f"{row['market_moved_kg']:+,.1f}",
        )  # fmt: skip
    console.print(table)


def _attach(con: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    if not path.is_file():
        raise NotAFile(f"{path}: no such file; give two of published/, by name")
    quoted = str(path.resolve()).replace("'", "''")
    try:
        con.execute(f"attach '{quoted}' as {name} (read_only)")
    except duckdb.Error as error:
        raise NotAFile(f"{path}: no published file ({error}); give two of published/") from None


def _value(value: float | None) -> str:
    return "–" if value is None else f"{value:.6g}"
