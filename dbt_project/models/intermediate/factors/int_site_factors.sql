-- Factors of fuels, refrigerants and water of sites as the ledger names them.
with site_water as (
    select
        'wue.site.' || site_id || '.' || wue_l_per_kwh as factor_id,
        'Cooling water of ' || site_id || ' per kWh of IT' as name,
        'Organization' as publisher,
        site_id as geography,
        min(valid_from) as valid_from,
        wue_l_per_kwh as value,
        'L/kWh' as unit,
        'direct' as factor_boundary,
        'unsplit' as gases,
        'unknown' as gwp_set,
        'both' as accounting_basis,
        'water_withdrawal' as indicator,
        'site_wue' as uncertainty_profile,
        'config/site_parameters.csv: ' || min(evidence) as source,
        'internal use' as licence
    from {{ ref('stg_config__site_parameters') }}
    where wue_l_per_kwh is not null
    group by site_id, wue_l_per_kwh
    union all by name
    select
        'unit.m3' as factor_id,
        'Litres of a cubic metre' as name,
        'Footing' as publisher,
        'any' as geography,
        date '1900-01-01' as valid_from,
        1000.0 as value,
        'L/m3' as unit,
        'direct' as factor_boundary,
        'unsplit' as gases,
        'unknown' as gwp_set,
        'both' as accounting_basis,
        'water_withdrawal' as indicator,
        'exact' as uncertainty_profile,
        'SI' as source,
        'not applicable' as licence
),

fuels as (
    select
        factor_id, name || case when gas in ('total', 'unsplit') then '' else ', ' || gas end as name, publisher, geography,
        valid_from, valid_to, value, unit, factor_boundary, gases, gwp_set, 'both' as accounting_basis, indicator,
        uncertainty_profile, source, licence, note
    from {{ ref('int_fuel_factors') }}
),

water_services as (
    select
        factor_id, name, publisher, geography, valid_from, valid_to, value, unit, factor_boundary, gases, gwp_set,
        'both' as accounting_basis, 'gwp' as indicator, uncertainty_profile, source, licence, note
    from {{ ref('int_water_factors') }}
),

potentials as (
    select
        factor_id, 'Warming potential (100 years) of ' || concat_ws(', ', substance, name) as name, publisher,
        'any' as geography, coalesce(valid_from, date '1900-01-01') as valid_from, valid_to, value, unit,
        'direct' as factor_boundary, gas as gases, gwp_set, 'both' as accounting_basis, 'gwp' as indicator,
        uncertainty_profile, source, licence, note
    from {{ ref('int_refrigerant_factors') }}
)

select * from fuels
union all by name
select * from potentials
union all by name
select * from site_water
union all by name
select * from water_services
