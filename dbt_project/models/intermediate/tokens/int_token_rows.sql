-- Hosted models by output tokens: Mtoken × kWh × PUE × our grid factors of the place, and the making of the hardware over our
-- lifetime. Parts stand apart as in every harmonised estimate; without a market factor the location factor stands in.
with claims as (
    select * from {{ ref('int_token_claims') }}
),

electricity as (
    select
        claims.*,
        factors.part,
        case
            when factors.factor_boundary = 'lifecycle' then ['electricity', 'energy_upstream', 'grid_losses']
            else [factors.part]
        end as covers,
        factors.indicator,
        factors.posted_basis as accounting_basis,
        factors.basis_origin,
        factors.gwp_set,
        factors.factor_id,
        factors.value as base_factor,
        claims.kwh * claims.pue * factors.value as factor_value,
        split_part(factors.unit, '/', 1) || '/Mtoken' as factor_unit,
        'use' as lca_stage,
        case
            when factors.basis_origin = 'substituted' then 'tokens.substituted:' || claims.coefficient_id || ':' || claims.grid_zone
            else 'tokens.energy:' || claims.coefficient_id
        end as uncertainty_profile
    from claims
    inner join {{ ref('int_posted_factors') }} as factors
        on claims.grid_zone = factors.grid_zone
        and claims.period_month = factors.period_month
        and factors.indicator = 'gwp'
),

-- What a kWh means beside carbon; what a cloud's figures cover is compared by carbon alone.
impacts as (
    select
        claims.*,
        'electricity' as part,
        ['electricity', 'energy_upstream', 'grid_losses'] as covers,
        factors.indicator,
        'both' as accounting_basis,
        'computed' as basis_origin,
        'unknown' as gwp_set,
        factors.factor_id,
        factors.value as base_factor,
        claims.kwh * claims.pue * factors.value as factor_value,
        split_part(factors.unit, '/', 1) || '/Mtoken' as factor_unit,
        'use' as lca_stage,
        'tokens.energy:' || claims.coefficient_id as uncertainty_profile
    from claims
    inner join {{ ref('int_indicator_choice') }} as factors
        on claims.grid_zone = factors.grid_zone
        and claims.period_month = factors.period_month
    where claims.cloud_claim_id is null
),

hardware as (
    select
        claims.*,
        'hardware' as part,
        ['hardware'] as covers,
        made.indicator,
        'both' as accounting_basis,
        'computed' as basis_origin,
        'unknown' as gwp_set,
        claims.coefficient_id || '.hardware.' || made.indicator as factor_id,
        made.value as base_factor,
        made.value * (claims.hardware_months / claims.lifetime_months) as factor_value,
        made.unit || '/Mtoken' as factor_unit,
        'embodied' as lca_stage,
        'tokens.hardware:' || claims.coefficient_id as uncertainty_profile
    from claims
    cross join lateral (
        values ('gwp', claims.gwp, 'kg CO2e'), ('adpe', claims.adpe, 'kg Sb-eq'), ('pe', claims.pe, 'MJ')
    ) as made(indicator, value, unit)
    where made.value > 0 and (made.indicator = 'gwp' or claims.cloud_claim_id is null)
),

rows as (
    select * from electricity
    union all by name
    select * from impacts
    union all by name
    select * from hardware
)

select
    *,
    quantity * factor_value as amount,
    concat_ws('|', coefficient_id, pue, lifetime_months) as chain_key
from rows
