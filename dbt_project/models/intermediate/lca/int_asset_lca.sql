-- The footprint of each asset line, one row per indicator and stage of the source that comes first for that indicator:
-- the supplier's own figure, the device in the Boavizta data set, BoaviztAPI, the mean of the class (of a GPU server with
-- its accelerators on top, where their count and figure are known), spend.
{% set own = [
    ('gwp', 'kg CO2e', 'transport', 'embodied_transport_kg_co2e'),
    ('gwp', 'kg CO2e', 'end_of_life', 'embodied_end_of_life_kg_co2e'),
    ('adpe', 'kg Sb-eq', 'embodied', 'embodied_adpe_kg_sb_eq'),
    ('pe', 'MJ', 'embodied', 'embodied_pe_mj'),
    ('water_consumption', 'L', 'embodied', 'embodied_water_l'),
    ('ewaste_kg', 'kg', 'end_of_life', 'mass_kg'),
] %}
with assets as (
    select
        *,
        {{ device_key('manufacturer', 'model') }} as device_key
    from {{ ref('int_assets') }}
),

supplier as (
    select
        asset_id,
        'gwp' as indicator,
        'kg CO2e' as unit,
        case
            when embodied_transport_kg_co2e is null and embodied_end_of_life_kg_co2e is null then 'embodied'
            else 'manufacturing'
        end as lca_stage,
        embodied_kg_co2e - coalesce(embodied_transport_kg_co2e, 0) - coalesce(embodied_end_of_life_kg_co2e, 0)
        as amount_per_piece,
        document_sha256,
        document_row
    from assets
    where embodied_kg_co2e is not null
    {% for indicator, unit, stage, column in own %}
    union all
    select
        asset_id, '{{ indicator }}' as indicator, '{{ unit }}' as unit, '{{ stage }}' as lca_stage,
        {{ column }} as amount_per_piece, document_sha256, document_row
    from assets
    where {{ column }} is not null
    {% endfor %}
),

class_averages as (
    select
        assets.asset_id,
        classes.indicator,
        classes.unit,
        classes.lca_stage,
        classes.amount_per_piece + coalesce(assets.gpu_count * boards.amount_per_piece, 0) as amount_per_piece,
        classes.document_sha256,
        concat_ws(
            '+', classes.lca_factor_id, case when boards.gpu_model is not null then assets.gpu_count || 'x' || assets.gpu_model end
        ) as lca_factor_id
    from assets
    inner join {{ ref('int_lca_classes') }} as classes
        on assets.device_class = classes.device_class
    left join {{ ref('int_lca_classes') }} as boards
        on assets.gpu_model = boards.gpu_model
        and classes.indicator = boards.indicator
),

candidates as (
    select *, 1 as rank, 'supplier' as lca_source, 'lca:supplier:' || asset_id as lca_factor_id from supplier
    union all by name
    select
        assets.asset_id,
        case devices.lca_source when 'product' then 2 else 3 end as rank,
        devices.* exclude (device_key)
    from assets
    inner join {{ ref('int_lca_devices') }} as devices
        on assets.device_key = devices.device_key
    union all by name
    select *, 4 as rank, 'class_average' as lca_source from class_averages
    union all by name
    select
        asset_id, 5 as rank, 'spend' as lca_source, lca_factor_id, 'gwp' as indicator, 'kg CO2e' as unit,
        'embodied' as lca_stage, amount_per_piece
    from {{ ref('int_lca_spend') }}
)

select
    asset_id,
    indicator,
    unit,
    lca_stage,
    amount_per_piece,
    lca_source,
    case indicator when 'gwp' then lca_factor_id else lca_factor_id || ':' || indicator end as lca_factor_id,
    document_sha256 as lca_document_sha256,
    document_row as lca_document_row
from candidates
qualify rank() over (partition by asset_id, indicator order by rank, lca_factor_id) = 1
