-- Usage charges of the bills in force, each with its service, the hardware behind it and its place. Costs are euros at
-- the year's mean rate; a currency without a rate leaves them empty.
with charges as (
    select * replace (
        lower(sub_account) as sub_account,
        case when lower(region) in ('global', 'global services') then null else lower(region) end as region
    )
    from {{ ref('stg_focus__usage') }}
    where
        is_current_delivery
        and excluded_code is null
        and period_month in (select months.period_month from {{ ref('int_months') }} as months)
)

select
    charges.* exclude (sub_account, region, list_cost, effective_cost, contracted_cost, billed_cost),
    -- OVHcloud's bill knows no accounts below the one that pays.
    case charges.provider when 'ovhcloud' then charges.billing_account else charges.sub_account end as account,
    coalesce(charges.region, 'global') as region,
    charges.list_cost * rates.eur_per_unit as list_cost,
    charges.effective_cost * rates.eur_per_unit as effective_cost,
    services.is_ai,
    services.lifecycle_activity,
    services.lifecycle_phase,
    services.service_group,
    services.statement_service,
    services.evidence as service_evidence,
    services.is_classified,
    hardware.hardware_id,
    hardware.hardware_name,
    hardware.kwh_per_unit,
    hardware.embodied_kg_per_unit,
    hardware.uncertainty_rel,
    hardware.machine,
    regions.grid_zone,
    regions.pue,
    regions.wue_l_per_kwh
from charges
left join {{ ref('currency_rates') }} as rates
    on charges.currency = rates.currency
    and year(charges.period_month) = rates.year
left join {{ ref('int_cloud_services') }} as services
    on charges.provider = services.provider
    and coalesce(charges.service, '-') = services.service
    and coalesce(charges.service_code, '-') = services.service_code
    and coalesce(charges.sku_meter, '-') = services.sku_meter
    and coalesce(charges.resource_type, '-') = services.resource_type
left join {{ ref('int_cloud_hardware') }} as hardware
    on charges.provider = hardware.provider
    and coalesce(charges.service, '-') = hardware.service
    and coalesce(charges.sku_meter, '-') = hardware.sku_meter
    and coalesce(charges.instance_type, '-') = hardware.instance_type
    and coalesce(charges.usage_unit, '-') = hardware.usage_unit
left join (
    select
        provider,
        lower(region) as region,
        min(grid_zone) as grid_zone,
        min(pue) as pue,
        min(wue_l_per_kwh) as wue_l_per_kwh
    from {{ ref('cloud_regions') }}
    group by provider, lower(region)
) as regions
    on charges.provider = regions.provider
    and charges.region = regions.region
