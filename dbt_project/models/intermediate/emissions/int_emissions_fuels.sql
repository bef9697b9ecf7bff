-- Burnt fuel: the gases apart in scope 1, well to tank in 3.3, biogenic CO2 as a memo outside the scopes.
with burnt as (
    select
        claim_id,
        site_id,
        country,
        equipment_id,
        use,
        fuel,
        unit,
        period_month,
        max(source_id) as source_id,
        max(delivery_id) as delivery_id,
        case when count(distinct document_sha256) = 1 then min(document_sha256) end as document_sha256,
        case when count(*) = 1 then min(document_row) end as document_row,
        max(retrieved_at) as retrieved_at,
        fsum(quantity) as quantity
    from {{ ref('int_fuel_months') }}
    where excluded_code is null
    group by claim_id, site_id, country, equipment_id, use, fuel, unit, period_month
)

select
    burnt.claim_id,
    'fuel_log' as estimate_id,
    concat_ws('|', burnt.claim_id, burnt.use, burnt.fuel, burnt.unit) as activity_id,
    burnt.period_month,
    case factors.factor_boundary when 'upstream' then 'energy_upstream' else 'fuel' end as part,
    [case factors.factor_boundary when 'upstream' then 'energy_upstream' else 'fuel' end] as covers,
    factors.indicator,
    'both' as accounting_basis,
    'flow' as recognition,
    factors.gas,
    'use' as lca_stage,
    burnt.source_id,
    burnt.delivery_id,
    burnt.document_sha256,
    burnt.document_row,
    burnt.retrieved_at,
    'fuel_burnt' as activity_type,
    burnt.quantity,
    burnt.unit,
    burnt.site_id,
    burnt.equipment_id as resource_id,
    burnt.country as region,
    case
        when factors.indicator != 'gwp' then null
        when factors.factor_boundary = 'upstream' then 3
        else 1
    end as scope,
    case
        when factors.indicator != 'gwp' then 'memo.biogenic'
        when factors.factor_boundary = 'upstream' then '3.3'
        when burnt.use = 'vehicle' then '1.mobile'
        else '1.stationary'
    end as ghg_category,
    'computed' as basis_origin,
    factors.gwp_set,
    burnt.quantity * factors.value as amount,
    factors.factor_id,
    factors.value as factor_value,
    factors.unit as factor_unit,
    cast(year(factors.valid_from) as varchar) as factor_vintage,
    factors.uncertainty_profile
from burnt
inner join {{ ref('int_fuel_factor_choice') }} as factors
    on burnt.country = factors.country
    and burnt.period_month = factors.period_month
    and burnt.fuel = factors.fuel
    and burnt.unit = factors.quantity_unit
where burnt.quantity != 0
