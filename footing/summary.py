"""The table that ends a close: the two official totals, what was proved, what to know, and where everything is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

from footing.paths import Paths

LEVELS = {"scope": ("'Scope ' || scope", "it"), "phase": ("lifecycle_phase", "ai")}


def show(published: Path, paths: Paths) -> dict[str, Any]:
    """Print the summary of a published file's last month; give its figures (kg CO2e)."""
    console = Console(width=118)
    with duckdb.connect(str(published), read_only=True) as con:
        month = con.execute(
            "select max(period_month), arg_max(data_status, period_month) from dim_month"
        ).fetchall()[0]
        fictional = con.execute(
            "select name || case when is_fictional then ' (fictional, synthetic data)' else '' end from meta_organization"
        ).fetchall()
        console.print(f"\n[bold]{fictional[0][0]} · close of {month[0]:%B %Y} · {month[1]}[/bold]")
        figures = _totals(con, console, month[0])
        _conservation(con, console)
        _warnings(con, console, month[0])
    _places(console, published, paths)
    return figures


def _totals(con: duckdb.DuckDBPyConnection, console: Console, month: Any) -> dict[str, Any]:
    table = Table(title="t CO2e of the month, with 95 % intervals (hardware amortised)", title_justify="left")
    table.add_column("")
    for basis in ("location-based", "market-based"):
        table.add_column(basis, justify="right")
    figures: dict[str, Any] = {}
    for label, level, where, bold in _lines(con, month):
        cells = []
        for basis in ("location", "market"):
            row = con.execute(
                f"""select amount, amount_low, amount_high from rpt_monthly where level = ? and {where} and period_month = ?
                and accounting_basis = ? and "window" = 'month' and indicator = 'gwp' and recognition = 'amortised'""",
                [level, month, basis],
            ).fetchall()
            figures[f"{label.strip()} {basis}"] = row[0][0] if row else 0.0
            cells.append(
                f"{row[0][0] / 1000:,.2f}  [{row[0][1] / 1000:,.2f} … {row[0][2] / 1000:,.2f}]"
                if row
                else "–"
            )
        table.add_row(label, *cells, style="bold" if bold else "", end_section=label.startswith("undecided"))
    console.print(table)
    return figures


def _lines(con: duckdb.DuckDBPyConnection, month: Any) -> list[tuple[str, str, str, bool]]:
    lines = [
        ("IT total", "total", "total = 'it'", True),
        ("AI", "total", "total = 'ai'", True),
        ("undecided (IT that no rule decides)", "total", "total = 'undecided'", False),
    ]
    for level, (name, total) in LEVELS.items():
        found = con.execute(
            f"""select distinct {name}, {"scope" if level == "scope" else "lifecycle_phase"} from rpt_monthly where level = ?
            and total = ? and period_month = ? and "window" = 'month' and indicator = 'gwp' order by 1""",
            [level, total, month],
        ).fetchall()
        for shown, key in found:
            where = f"total = '{total}' and " + (
                f"scope = {key}" if level == "scope" else f"lifecycle_phase = '{key}'"
            )
            lines.append((f"  {'IT' if total == 'it' else 'AI'} · {shown}", level, where, False))
    return lines


def _conservation(con: duckdb.DuckDBPyConnection, console: Console) -> None:
    checks, failed, rejected = con.execute(
        "select count(*), count(*) filter (where abs(difference) > tolerance), coalesce(sum(rejected), 0)"
        " from rpt_conservation"
    ).fetchall()[0]
    names = con.execute(
        "select string_agg(distinct check_name, ', ' order by check_name) from rpt_conservation"
    ).fetchall()[0][0]
    console.print(
        f"Conservation: {checks - failed} of {checks} sums foot ({names}); {rejected:,.0f} rows rejected and listed",
        style="green" if not failed else "bold red",
    )


def _warnings(con: duckdb.DuckDBPyConnection, console: Console, month: Any) -> None:
    rows = con.execute(
        "select code, count(*) filter (where period_month = ?), count(*), any_value(text) from rpt_warnings group by code order by code",
        [month],
    ).fetchall()
    console.print(
        f"Warnings: {sum(row[1] for row in rows)} for the month, {sum(row[2] for row in rows)} in all"
    )
    for code, now, everywhere, text in rows:
        console.print(
            f"  {code:<26} {now:>3} now {everywhere:>4} in all   e.g. {text}", style="yellow", highlight=False
        )
    restated = con.execute("select count(*), coalesce(fsum(difference), 0) from rpt_restatements").fetchall()[
        0
    ]
    if restated[0]:
        console.print(
            f"  restated by a provider: {restated[0]} ledger rows; see rpt_restatements", style="yellow"
        )


def _places(console: Console, published: Path, paths: Paths) -> None:
    console.print("")
    for what, where in (
        ("published file", published),
        ("report (PDF)", paths.reports / f"{published.stem}-en.pdf"),
        ("checks' page", paths.reports / f"{published.stem}-checks.html"),
        ("dashboard", "make dashboard, then http://127.0.0.1:8501"),
    ):
        console.print(f"{what + ':':<16} {where}", soft_wrap=True, highlight=False)
