-- Energy and making of hardware per billed unit, as factors.
with hardware as (
    select
        hardware_id,
        any_value(provider) as provider,
        any_value(hardware_name) as hardware_name,
        any_value(usage_unit) as usage_unit,
        any_value(kwh_per_unit) as kwh_per_unit,
        any_value(embodied_kg_per_unit) as embodied_kg_per_unit,
        any_value(basis) as basis,
        any_value(source) as source,
        any_value(licence) as licence,
        any_value(valid_from) as valid_from
    from {{ ref('int_cloud_hardware') }}
    group by hardware_id
),

energy as (
    select
        hardware_id as factor_id,
        provider || ' ' || hardware_name || ': IT energy' as name,
        valid_from,
        kwh_per_unit as value,
        'kWh/' || usage_unit as unit,
        'direct' as factor_boundary,
        'energy' as indicator,
        'cloudhardware' as uncertainty_profile,
        source,
        licence,
        basis as note
    from hardware
),

embodied as (
    select
        hardware_id || '.embodied' as factor_id,
        provider || ' ' || hardware_name || ': share of making the hardware' as name,
        valid_from,
        embodied_kg_per_unit as value,
        'kg CO2e/' || usage_unit as unit,
        'upstream' as factor_boundary,
        'gwp' as indicator,
        'cloudhardware' as uncertainty_profile,
        source,
        licence,
        basis as note
    from hardware
    where embodied_kg_per_unit is not null
)

select * from energy
union all by name
select * from embodied
