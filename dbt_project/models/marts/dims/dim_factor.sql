-- Every factor that a ledger row names, and the ones that lost beside them.
with electricity as (
    select
        factor_id, name, publisher, geography, valid_from, valid_to, value, unit, factor_boundary, gases, gwp_set,
        accounting_basis, indicator, 'meter.' || factor_boundary || ':' || geography as uncertainty_profile, source, licence, note
    from {{ ref('int_factors') }}
),

indicators as (
    select
        * exclude (spread),
        'lifecycle' as factor_boundary,
        'unsplit' as gases,
        'unknown' as gwp_set,
        'both' as accounting_basis,
        'meter.' || spread || ':' || geography as uncertainty_profile
    from {{ ref('int_indicator_factors') }}
),

conversions as (
    select
        case measures.indicator when 'gwp' then 'unit.kg_co2e' else 'unit.' || measures.indicator end as factor_id,
        'Stated in ' || measures.unit || ': unit conversion' as name,
        'Footing' as publisher,
        'any' as geography,
        date '1900-01-01' as valid_from,
        1.0 as value,
        measures.unit || '/' || measures.unit as unit,
        'lifecycle' as factor_boundary,
        'co2e' as gases,
        'unknown' as gwp_set,
        'both' as accounting_basis,
        measures.indicator,
        'exact' as uncertainty_profile,
        'SI; the provider''s figure is already in the unit' as source,
        'not applicable' as licence
    from (
        values ('gwp', 'kg CO2e'), ('water_consumption', 'L'), ('water_withdrawal', 'L')
    ) as measures(indicator, unit)
),

all_factors as (
    select * from electricity
    union all by name
    select * from indicators
    union all by name
    select * from {{ ref('int_site_factors') }}
    union all by name
    select * from conversions
    union all by name
    select * from {{ ref('int_hardware_factors') }}
    union all by name
    select * from {{ ref('int_cloud_factors') }}
    union all by name
    select * from {{ ref('int_purchase_factors') }}
    union all by name
    select * from {{ ref('int_token_factors') }}
    union all by name
    select * from {{ ref('int_usage_factors') }}
    union all by name
    select * from {{ ref('int_instrument_factors') }}
)

select
    factor_id,
    name,
    publisher,
    geography,
    valid_from,
    valid_to,
    cast(value as double) as value,
    unit,
    factor_boundary,
    gases,
    gwp_set,
    accounting_basis,
    indicator,
    uncertainty_profile,
    source,
    licence,
    note
from all_factors
