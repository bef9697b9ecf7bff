-- Energy and making of hardware per billed unit, as factors.
with hardware as (
    select
        hardware_id,
        min(provider) as provider,
        min(hardware_name) as hardware_name,
        min(usage_unit) as usage_unit,
        min(kwh_per_unit) as kwh_per_unit,
        min(embodied_kg_per_unit) as embodied_kg_per_unit,
        min(basis) as basis,
        min(source) as source,
        min(licence) as licence,
        min(valid_from) as valid_from
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
