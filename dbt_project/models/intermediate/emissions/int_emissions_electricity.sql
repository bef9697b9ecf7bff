-- Electricity of sites: the bill, and beside it telemetry × PUE. Direct factors post scope 2, upstream and losses
-- 3.3; a lifecycle factor posts scope 2 alone and covers the upstream. Without a market factor the location factor
-- stands in, marked as substituted.
with bills as (
    select
        'meter|' || months.site_id || '|' || months.meter_id as claim_id,
        'utility_bill' as estimate_id,
        months.site_id,
        months.period_month,
        max(months.source_id) as source_id,
        max(months.delivery_id) as delivery_id,
        case when count(distinct months.document_sha256) = 1 then min(months.document_sha256) end as document_sha256,
        case when count(*) = 1 then min(months.document_row) end as document_row,
        max(months.retrieved_at) as retrieved_at,
        min(months.meter_id) as resource_id,
        min(months.supplier) as provider,
        fsum(months.kwh) as quantity
    from {{ ref('int_meter_months') }} as months
    where months.excluded_code is null
    group by months.site_id, months.meter_id, months.period_month
),

telemetry as (
    select
        min(claims.claim_id) as claim_id,
        'telemetry' as estimate_id,
        balance.site_id,
        balance.period_month,
        any_value(balance.key_source_id) as source_id,
        cast(null as varchar) as resource_id,
        any_value((balance.key_kwh - balance.lost_kwh) * balance.pue) as quantity,
        any_value(balance.lost_kwh * balance.pue) as lost_quantity
    from {{ ref('int_site_balance') }} as balance
    inner join {{ ref('int_claims') }} as claims
        on balance.site_id = claims.site_id
        and balance.period_month = claims.period_month
        and claims.claim_kind = 'meter'
    where balance.key_kwh > 0
    group by balance.site_id, balance.period_month
),

activities as (
    select *, 'kwh' as counted, 'meter' as profile from bills
    union all by name
    select * exclude (lost_quantity), 'kwh' as counted, 'telemetry' as profile from telemetry
    union all by name
    select * exclude (lost_quantity) replace (lost_quantity as quantity), 'lost' as counted, 'lost' as profile
    from telemetry
    where lost_quantity > 0
)

select
    activities.claim_id,
    activities.estimate_id,
    activities.claim_id || '|' || activities.counted as activity_id,
    activities.period_month,
    factors.part,
    case
        when factors.factor_boundary = 'lifecycle' then ['electricity', 'energy_upstream', 'grid_losses']
        else [factors.part]
    end as covers,
    factors.indicator,
    factors.posted_basis as accounting_basis,
    'flow' as recognition,
    'unsplit' as gas,
    'use' as lca_stage,
    activities.source_id,
    activities.delivery_id,
    activities.document_sha256,
    activities.document_row,
    activities.retrieved_at,
    'electricity_use' as activity_type,
    activities.quantity,
    'kWh' as unit,
    activities.site_id,
    activities.resource_id,
    sites.grid_zone as region,
    activities.provider,
    case when factors.part = 'electricity' then 2 else 3 end as scope,
    case when factors.part = 'electricity' then '2.electricity' else '3.3' end as ghg_category,
    factors.basis_origin,
    factors.gwp_set,
    activities.quantity * factors.value as amount,
    factors.factor_id,
    factors.value as factor_value,
    factors.unit as factor_unit,
    cast(year(factors.valid_from) as varchar) as factor_vintage,
    case
        when factors.posted_basis != 'market' or factors.basis_origin != 'substituted'
            then activities.profile || '.' || factors.factor_boundary
        when activities.profile = 'meter' then 'market.' || factors.factor_boundary
        else activities.profile || '.' || factors.factor_boundary || '.substituted'
    end || ':' || factors.grid_zone as uncertainty_profile
from activities
inner join {{ ref('stg_config__sites') }} as sites
    on activities.site_id = sites.site_id
inner join {{ ref('int_posted_factors') }} as factors
    on sites.grid_zone = factors.grid_zone
    and activities.period_month = factors.period_month
