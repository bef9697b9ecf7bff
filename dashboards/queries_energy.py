"""All SQL of the page of energy; as `dashboards.queries`. Amounts are kWh."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from dashboards.queries import Rows, rows


def sites(path: Path) -> Rows:
    """Sites with a balance or with measured energy in any month, the largest consumer first.

    Energy measured on a provider's machines belongs to no site: ``site_id`` and ``name`` are null.
    """
    return rows(
        path,
        """
        with held as (
            select site_id, total_kwh as kwh from rpt_site_balance
            union all
            select site_id, 0 as kwh from fct_energy
        )

        select held.site_id, min(sites.name) as name
        from held
        left join dim_site as sites on held.site_id = sites.site_id
        group by held.site_id
        order by held.site_id is null, sum(held.kwh) desc, held.site_id
        """,
    )


def balances(path: Path, month: dt.date) -> Rows:
    """Each site's electricity balance of the month, the largest first; what is exported or charged is negative."""
    return rows(
        path,
        """
        select
            balance.* replace (-export_kwh as export_kwh, -storage_kwh as storage_kwh),
            coalesce(sites.name, balance.site_id) as name
        from rpt_site_balance as balance
        left join dim_site as sites on balance.site_id = sites.site_id
        where balance.period_month = $month
        order by balance.total_kwh desc, balance.site_id
        """,
        month=month,
    )


def measures(path: Path, month: dt.date, site: str | None) -> Rows:
    """What is known of a site's kWh in a month, by what was measured, how, and what it serves as or why it lost.

    ``covered`` counts what the reader sees one by one: devices or jobs. Exported and charged kWh are negative.
    """
    return rows(
        path,
        """
        with measures as (
            select
                component,
                case when used_as = 'total' or component like 'meter:%' then energy_source end as energy_source,
                used_as = 'total' and kwh < 0 as is_out,
                tier,
                used_as,
                reason,
                covered_by,
                count(distinct coalesce(device_id, job_id)) as covered,
                list(distinct source_id order by source_id) as sources,
                sum(kwh) as kwh
            from fct_energy
            where period_month = $month and site_id is not distinct from $site
            group by component, 2, 3, tier, used_as, reason, covered_by
        )

        select *, sum(kwh) over (partition by used_as) as use_kwh
        from measures
        order by all
        """,
        month=month,
        site=site,
    )


def lost(path: Path, month: dt.date, site: str | None) -> Rows:
    """Device-hours of the month without samples at a site, and the kWh estimated for them."""
    return rows(
        path,
        """
        select source_id, component, devices, dark_devices, gone_devices, expected_hours, lost_hours, lost_kwh
        from rpt_lost_telemetry
        where period_month = $month and site_id is not distinct from $site
        order by all
        """,
        month=month,
        site=site,
    )
