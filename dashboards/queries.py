"""All SQL of the screens and the report: plain rows from the published file, read-only."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb

Rows = list[dict[str, Any]]

SLICE = (
    "\"window\" = 'month' and indicator = 'gwp' and recognition = 'amortised' and accounting_basis = $basis"
)


def rows(path: Path, sql: str, **parameters: Any) -> Rows:
    """Run one query on a published file."""
    with duckdb.connect(str(path), read_only=True) as con:
        con.execute(sql, parameters)
        names = [column[0] for column in con.description or []]
        return [dict(zip(names, row, strict=True)) for row in con.fetchall()]


def organization(path: Path) -> dict[str, Any]:
    """Whose books these are."""
    return rows(path, "select name, is_fictional from meta_organization")[0]


def months(path: Path) -> Rows:
    """All months with their data status, oldest first."""
    return rows(path, "select period_month, data_status, waiting_for from dim_month order by period_month")


def totals(path: Path, basis: str) -> Rows:
    """IT, AI and undecided by month, kg CO2e with bounds."""
    return rows(
        path,
        f"""select period_month, total, amount, amount_low, amount_high, data_status, share_metered from rpt_monthly
        where level = 'total' and {SLICE} order by period_month, total""",
        basis=basis,
    )


def by_scope(path: Path, basis: str) -> Rows:
    """The IT total cut by scope."""
    return rows(
        path,
        f"""select period_month, scope, amount, amount_low, amount_high, data_status from rpt_monthly
        where level = 'scope' and total = 'it' and {SLICE} order by period_month, scope""",
        basis=basis,
    )


def by_phase(path: Path, basis: str) -> Rows:
    """AI cut by lifecycle phase, with the undecided amount as a series of its own."""
    return rows(
        path,
        f"""select period_month, lifecycle_phase, total, amount, amount_low, amount_high, data_status from rpt_monthly
        where level = 'phase' and (total = 'ai' or total = 'undecided') and {SLICE}
        order by period_month, total, lifecycle_phase""",
        basis=basis,
    )


def target(path: Path, total: str, basis: str) -> Rows:
    """The target line of a total by month; none where no target is set for the basis."""
    return rows(
        path,
        """select period_month, name, name_fr, target_amount, is_on_track from rpt_targets
        where total = $total and accounting_basis = $basis and "window" = 'month' order by period_month""",
        total=total, basis=basis,
    )  # fmt: skip


def change_on_year(path: Path, basis: str, month: dt.date) -> dict[str, Any] | None:
    """Difference of the IT total to the same month a year before, with its own interval (errors in common cancel)."""
    before = month.replace(year=month.year - 1)
    if not rows(path, "select 1 from dim_month where period_month = $before", before=before):
        return None
    found = rows(
        path,
        """select total, low, high from interval_by(
            'all', case when period_month = $month then 1 else -1 end,
            period_month in ($month, $before) and indicator = 'gwp' and scope is not null and boundary != 'outside_it'
            and accounting_basis in ($basis, 'both') and recognition in ('flow', 'amortised'))""",
        month=month, before=before, basis=basis,
    )  # fmt: skip
    return found[0] if found else None


def warnings(path: Path, month: dt.date) -> Rows:
    """What a reader should know about a month."""
    return rows(
        path, "select code, severity, subject, text from rpt_warnings where period_month = $month order by severity, code, subject",
        month=month,
    )  # fmt: skip


def coverage_gaps(path: Path) -> Rows:
    """Deliveries of any month that are not simply complete."""
    return rows(
        path,
        """select period_month, source_id, request, status, reason, rows_rejected from rpt_coverage
        where status != 'complete' or rows_rejected > 0 order by period_month desc, source_id""",
    )


def restatements(path: Path) -> Rows:
    """What providers restated, by month and cause, kg CO2e."""
    return rows(
        path,
        """select period_month, cause, count(*) as figures, fsum(coalesce(old_amount, 0)) as old_amount,
        fsum(coalesce(new_amount, 0)) as new_amount, fsum(difference) as difference
        from rpt_restatements group by period_month, cause order by period_month desc, cause""",
    )
