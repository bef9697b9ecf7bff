-- Months in which a device's making is counted: the first six years (policy) from the month it entered service. A
-- device older than that adds nothing; one retired early keeps counting until its time is up.
select
    assets.source_id,
    assets.asset_id,
    assets.site_id,
    assets.device_class,
    assets.cost_center,
    assets.has_stages,
    assets.quantity,
    months.period_month,
    organization.lifetime_months,
    1.0 / organization.lifetime_months as share_of_life
from {{ ref('int_asset_footprints') }} as assets
cross join {{ ref('stg_config__organization') }} as organization
inner join {{ ref('int_months') }} as months
    on months.period_month >= date_trunc('month', assets.in_service_date)
    and months.period_month < date_trunc('month', assets.in_service_date) + to_months(organization.lifetime_months)
where assets.lca_source is not null
