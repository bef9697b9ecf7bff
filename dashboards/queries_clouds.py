"""All SQL of the page of clouds; as `dashboards.queries`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from dashboards.queries import Rows, rows


def providers(path: Path, basis: str, month: dt.date) -> Rows:
    """Each cloud's reported kg of the month: stated by the provider, and estimated where its statement is silent.

    ``compared`` and ``harmonised`` are the provider's and our figure of the claims whose hardware is known.
    """
    return rows(
        path,
        """
        with reported as (
            select
                provider,
                coalesce(sum(amount) filter (not gap_fill), 0) as stated,
                coalesce(sum(amount) filter (gap_fill), 0) as filled
            from fct_emissions
            where
                is_reported and indicator = 'gwp' and period_month = $month and accounting_basis in ($basis, 'both')
                and activity_type in ('provider_statement', 'cloud_usage')
            group by provider
        ),

        beside as (
            select provider, sum(provider_amount) as compared, sum(harmonised_amount) as harmonised
            from rpt_provider_vs_harmonised
            where period_month = $month and accounting_basis = $basis
            group by provider
        )

        select reported.*, reported.stated + reported.filled as amount, beside.compared, beside.harmonised
        from reported
        left join beside on reported.provider = beside.provider
        order by amount desc
        """,
        basis=basis,
        month=month,
    )


def sensitivity(path: Path, basis: str, month: dt.date) -> Rows:
    """Each project's kg of clouds under the key in force and under the second-best one."""
    return rows(
        path,
        """
        select
            coalesce(projects.name, case keys.boundary when 'outside_ai' then '*outside_ai' else '*undecided' end) as name,
            coalesce(projects.name_fr, name) as name_fr,
            sum(keys.amount) as amount,
            sum(keys.amount_second_key) as second
        from rpt_key_sensitivity as keys
        left join dim_project as projects on keys.project_id = projects.project_id
        where keys.period_month = $month and keys.accounting_basis = $basis
        group by all
        order by amount desc
        """,
        basis=basis,
        month=month,
    )


def services(path: Path, month: dt.date) -> Rows:
    """Billed services of the month that someone should look at: unclassified first, then those left out of statements."""
    return rows(
        path,
        """
        select provider, service, bool_and(is_classified) as is_classified, max(statement_coverage) as coverage,
            bool_or(is_ai) as is_ai, sum(list_cost_eur) as cost
        from rpt_coverage_services
        where period_month = $month and (not is_classified or statement_coverage = 'not')
        group by provider, service
        order by is_classified, cost desc
        """,
        month=month,
    )


def breaks(path: Path) -> Rows:
    """Months in which a provider's series breaks, the newest first."""
    return rows(
        path,
        """
        select period_month, provider, kind, model_before, model_after, service, description, description_fr
        from rpt_breaks
        order by period_month desc, provider, kind, service
        """,
    )


def apart(path: Path) -> Rows:
    """Offsets and avoided emissions that providers claim, kg per provider's year: in no total."""
    return rows(
        path,
        """
        select 'offset' as kind, split_part(description, ':', 1) as provider, year(period_month) as year, sum(amount) as amount
        from rpt_offsets
        group by all
        union all
        select 'avoided' as kind, provider, year(period_from) as year, sum(amount) as amount
        from rpt_claimed_benefits
        group by all
        order by year desc, provider, kind
        """,
    )
