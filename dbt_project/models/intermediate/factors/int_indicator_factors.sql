-- Impacts of a kWh beside carbon: the bundled mixes, one row per zone and indicator, and the organization's own factors.
with mixes as (
    unpivot (
        select
            geography,
            valid_from,
            source,
            licence,
            has_world_water,
            adpe_kg_sb_per_kwh as adpe,
            pe_mj_per_kwh as pe,
            water_l_per_kwh as water_consumption
        from {{ ref('electricity_mixes') }}
    )
    on adpe, pe, water_consumption
    into name indicator value value
),

bundled as (
    select
        lower(geography) || '-elec-' || indicator || '-ecologits' as factor_id,
        geography || ' electricity mix: ' || indicator || ' of a kWh' as name,
        'EcoLogits' as publisher,
        geography,
        valid_from,
        cast(null as date) as valid_to,
        value,
        case indicator when 'adpe' then 'kg Sb-eq' when 'pe' then 'MJ' else 'L' end || '/kWh' as unit,
        indicator,
        source,
        licence,
        case
            when indicator = 'water_consumption' and has_world_water then 'The world''s mean: the publisher has none of the zone'
            when indicator = 'pe' then 'Near nothing for water and wind power: not renewable energy'
        end as note,
        case
            when indicator = 'water_consumption' and has_world_water then 'impact_world'
            when indicator = 'pe' then 'pe'
            else 'impact'
        end as spread
    from mixes
),

own as (
    select
        factor_id,
        name,
        'Organization' as publisher,
        geography,
        valid_from,
        valid_to,
        value,
        unit,
        indicator,
        source,
        licence,
        note,
        case indicator when 'pe' then 'pe' else 'impact' end as spread
    from {{ ref('stg_config__factors') }}
    where indicator != 'gwp'
)

select * from bundled
union all by name
select * from own
