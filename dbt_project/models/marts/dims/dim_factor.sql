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
        'lifecycle' as factor_boundary, 'unsplit' as gases, 'unknown' as gwp_set, 'both' as accounting_basis,
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

footprints as (
    select
        lca_factor_id as factor_id,
        min(manufacturer || ' ' || model) as name,
        min(lca_source) as publisher,
        'any' as geography,
        date '1900-01-01' as valid_from,
        min(coalesce(whole_kg_co2e, manufacturing_kg_co2e + transport_kg_co2e + end_of_life_kg_co2e)) as value,
        'kg CO2e/piece' as unit,
        'lifecycle' as factor_boundary,
        'co2e' as gases,
        'unknown' as gwp_set,
        'both' as accounting_basis,
        'gwp' as indicator,
        'hardware.' || min(lca_source) as uncertainty_profile,
        case min(lca_source)
            when 'supplier' then 'Asset register: ' || coalesce(min(embodied_source), 'supplier figure')
            when 'product' then 'Boavizta environmental footprint data, 61323eb5 (2023-02-23), row of the product'
            else 'Boavizta environmental footprint data, 61323eb5 (2023-02-23), mean of the class'
        end as source,
        case min(lca_source) when 'supplier' then 'supplier, internal use' else 'ODbL 1.0' end as licence
    from {{ ref('int_asset_footprints') }}
    where lca_factor_id is not null
    group by lca_factor_id
),

means as (
    select
        factor_id,
        'Mean footprint: ' || activity_id || ', ' || lca_stage as name,
        'Footing' as publisher,
        'any' as geography,
        min(period_month) as valid_from,
        cast(last_day(min(period_month)) as date) as valid_to,
        min(factor_value) as value,
        min(factor_unit) as unit,
        'lifecycle' as factor_boundary,
        'co2e' as gases,
        'unknown' as gwp_set,
        'both' as accounting_basis,
        'gwp' as indicator,
        min(uncertainty_profile) as uncertainty_profile,
        'Mean of the register''s devices and their chosen footprints (dim_asset)' as source,
        'as its parts' as licence
    from {{ ref('int_emissions_hardware') }}
    group by factor_id, activity_id, lca_stage
),

all_factors as (
    select * from electricity
    union all by name
    select * from indicators
    union all by name
    select * from conversions
    union all by name
    select * from footprints
    union all by name
    select * from means
    union all by name
    select * from {{ ref('int_cloud_factors') }}
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
