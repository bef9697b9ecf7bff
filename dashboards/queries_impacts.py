"""SQL of the page beyond carbon, and of the table of categories: rows of rpt_monthly, each level read and never summed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from dashboards.queries import Rows, rows

# Impacts beside carbon do not depend on the accounting basis: they stand alike in both, and one is read.
IMPACTS = """monthly."window" = 'month' and monthly.indicator <> 'gwp' and monthly.accounting_basis = 'location'
    and monthly.recognition = (select recognition from meta_organization)"""


def impacts(path: Path) -> Rows:
    """IT, AI and undecided by indicator and month."""
    return rows(
        path,
        f"""
        select
            monthly.indicator, monthly.total, monthly.period_month, monthly.amount, monthly.amount_low,
            monthly.amount_high, monthly.data_status
        from rpt_monthly as monthly
        where monthly.level = 'total' and {IMPACTS}
        order by all
        """,
    )


def impacts_by_phase(path: Path, month: dt.date) -> Rows:
    """AI by lifecycle phase and indicator in one month, carbon beside it for comparison; ``share`` is of AI."""
    return rows(
        path,
        """
        select
            monthly.indicator, monthly.lifecycle_phase, monthly.amount,
            monthly.amount / nullif(whole.amount, 0) as share
        from rpt_monthly as monthly
        inner join rpt_monthly as whole
            on whole.level = 'total' and whole.total = 'ai'
            and whole."window" = monthly."window" and whole.indicator = monthly.indicator
            and whole.accounting_basis = monthly.accounting_basis and whole.recognition = monthly.recognition
            and whole.period_month = monthly.period_month
        where
            monthly.level = 'phase' and monthly.total = 'ai' and monthly.period_month = $month
            and monthly."window" = 'month' and monthly.accounting_basis = 'location'
            and monthly.recognition = (select recognition from meta_organization)
        order by all
        """,
        month=month,
    )


def categories(path: Path, basis: str, month: dt.date) -> Rows:
    """IT by scope and category of the GHG Protocol in one month, with what each rests on."""
    return rows(
        path,
        """
        select
            monthly.scope, monthly.ghg_category, monthly.amount, monthly.amount_low, monthly.amount_high,
            monthly.weakest_tier, monthly.share_metered
        from rpt_monthly as monthly
        where
            monthly.level = 'category' and monthly.total = 'it' and monthly.indicator = 'gwp'
            and monthly."window" = 'month' and monthly.accounting_basis = $basis and monthly.period_month = $month
            and monthly.recognition = (select recognition from meta_organization)
        order by monthly.scope, try_cast(split_part(monthly.ghg_category, '.', 2) as integer), monthly.ghg_category
        """,
        basis=basis,
        month=month,
    )
