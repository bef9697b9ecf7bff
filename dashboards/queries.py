"""All SQL of screens and reports: plain rows of the published file, each level read and never summed.

A published file never changes, so an answer is kept by the file's path. Amounts are kg CO2e.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

Row = dict[str, Any]
Rows = list[Row]

# One view of the figures everywhere: climate impact, month by month, owned hardware as the organization's policy says.
SLICE = """monthly."window" = 'month' and monthly.indicator = 'gwp'
    and monthly.recognition = (select recognition from meta_organization)"""


def is_readable(path: Path) -> bool:
    """Whether the file holds any month to show."""
    try:
        return bool(rows(path, "select 1 as one from rpt_monthly limit 1"))
    except (duckdb.IOException, duckdb.CatalogException):
        return False


def organization(path: Path) -> Row:
    """Whose books these are: ``name``, ``is_fictional``, ``recognition``, ``lifetime_months``."""
    return rows(path, "select name, is_fictional, recognition, lifetime_months from meta_organization")[0]


def months(path: Path) -> Rows:
    """Every calendar month from the first to the last, ``data_status`` null where the file has no figure."""
    return rows(
        path,
        f"""
        with held as (
            select distinct monthly.period_month
            from rpt_monthly as monthly
            where monthly.level = 'total' and monthly.total = 'it' and {SLICE}
        ),

        spine as (
            select cast(unnest(generate_series(min(period_month), max(period_month), interval 1 month)) as date)
                as period_month
            from dim_month
        )

        select
            spine.period_month,
            case when held.period_month is not null then dim_month.data_status end as data_status,
            coalesce(dim_month.waiting_for, '') as waiting_for,
            spine.period_month in (select breaks.period_month from rpt_breaks as breaks) as has_break
        from spine
        left join held on spine.period_month = held.period_month
        left join dim_month on spine.period_month = dim_month.period_month
        order by spine.period_month
        """,
    )


def totals(path: Path, basis: str) -> Rows:
    """IT, AI and undecided by month."""
    return _monthly(path, basis, "monthly.total", "monthly.level = 'total'")


def scopes(path: Path, basis: str) -> Rows:
    """IT by scope and month."""
    return _monthly(path, basis, "monthly.scope", "monthly.level = 'scope' and monthly.total = 'it'")


def phases(path: Path, basis: str) -> Rows:
    """AI by lifecycle phase and month."""
    return _monthly(
        path, basis, "monthly.lifecycle_phase", "monthly.level = 'phase' and monthly.total = 'ai'"
    )


def _monthly(path: Path, basis: str, dimension: str, condition: str) -> Rows:
    return rows(
        path,
        f"""
        select
            monthly.period_month, {dimension}, monthly.amount, monthly.amount_low, monthly.amount_high,
            monthly.data_status, monthly.share_metered
        from rpt_monthly as monthly
        where {condition} and monthly.accounting_basis = $basis and {SLICE}
        order by monthly.period_month, {dimension}
        """,
        basis=basis,
    )


def month_figures(path: Path, month: dt.date) -> Rows:
    """The lines of one month's table: totals, IT by scope, AI by phase, in both bases."""
    return rows(
        path,
        f"""
        select
            monthly.level, monthly.total, monthly.scope, monthly.lifecycle_phase, monthly.accounting_basis,
            monthly.amount, monthly.amount_low, monthly.amount_high
        from rpt_monthly as monthly
        where
            monthly.period_month = $month and {SLICE}
            and (
                monthly.level = 'total'
                or (monthly.level = 'scope' and monthly.total = 'it')
                or (monthly.level = 'phase' and monthly.total = 'ai')
            )
        order by all
        """,
        month=month,
    )


def targets(path: Path, basis: str) -> Rows:
    """Target lines of the official totals by month; none where the organization has no target on this basis."""
    return rows(
        path,
        """
        select
            target_id, name, name_fr, total, period_month, target_amount, actual_amount, actual_low, actual_high,
            is_on_track,
            target_amount between actual_low and actual_high as is_within_interval
        from rpt_targets
        where accounting_basis = $basis and "window" = 'month'
        order by period_month, total, target_id
        """,
        basis=basis,
    )


def change_on_year(path: Path, basis: str, month: dt.date) -> Row | None:
    """IT of a month minus the same month a year before, with the interval of the difference; None without that month.

    ``ratio*`` are shares of the earlier month's figure. What both months have in common cancels in the interval.
    """
    found = rows(
        path,
        """
        select
            change.total as amount,
            change.low as amount_low,
            change.high as amount_high,
            change.total / before.amount as ratio,
            change.low / before.amount as ratio_low,
            change.high / before.amount as ratio_high,
            change.low > 0 or change.high < 0 as is_known
        from rpt_monthly as before
        cross join interval_by(
            'all',
            case when period_month = $month then 1 else -1 end,
            period_month in ($month, cast($month - interval 1 year as date)) and is_reported and indicator = 'gwp'
            and scope is not null and boundary <> 'outside_it' and accounting_basis in ($basis, 'both')
            and recognition in ('flow', (select recognition from meta_organization))
        ) as change
        where
            before.level = 'total' and before.total = 'it' and before.indicator = 'gwp' and before."window" = 'month'
            and before.accounting_basis = $basis and before.amount > 0
            and before.recognition = (select recognition from meta_organization)
            and before.period_month = cast($month - interval 1 year as date)
        """,
        basis=basis,
        month=month,
    )
    return found[0] if found else None


def coverage(path: Path, month: dt.date) -> Row:
    """How many deliveries of the month were due and are in, and the sums that were proved over the whole file."""
    return rows(
        path,
        """
        select
            (select count(*) from rpt_coverage where period_month = $month) as due,
            (select count(*) from rpt_coverage where period_month = $month and status in ('complete', 'restated'))
                as complete,
            (select count(*) from rpt_conservation) as sums,
            (select count(*) from rpt_conservation where abs(difference) <= tolerance) as sums_that_foot,
            (select count(*) from rpt_data_quality) as checks,
            (select count(*) from rpt_data_quality where success) as checks_passed
        """,
        month=month,
    )[0]


def warnings(path: Path, month: dt.date) -> Rows:
    """What a reader should know about the month: one row per code, with all its subjects and one of its texts."""
    return rows(
        path,
        """
        select code, severity, list(distinct subject order by subject) as subjects, min(text) as text
        from rpt_warnings
        where period_month = $month
        group by code, severity
        order by severity, code
        """,
        month=month,
    )


def restatements(path: Path) -> Rows:
    """What later deliveries changed, by month and cause: how many ledger rows, and the largest change among them."""
    return rows(
        path,
        """
        select
            period_month,
            cause,
            count(*) as rows_changed,
            arg_max({'old': old_amount, 'new': new_amount}, abs(difference)) as largest
        from rpt_restatements
        group by period_month, cause
        order by period_month desc, cause
        """,
    )


def rows(path: Path, sql: str, **parameters: Any) -> Rows:
    """Plain rows of a query with named parameters."""
    names, values = _answer(path, sql, tuple(sorted(parameters.items())))
    return [dict(zip(names, row, strict=True)) for row in values]


@lru_cache(maxsize=512)
def _answer(
    path: Path, sql: str, parameters: tuple[tuple[str, Any], ...]
) -> tuple[list[str], list[tuple[Any, ...]]]:
    with duckdb.connect(str(path), read_only=True) as con:
        con.execute(sql, dict(parameters))
        return [column[0] for column in con.description or []], con.fetchall()
