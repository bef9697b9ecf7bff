-- Footprints of single devices by maker and model: the Boavizta data set, then BoaviztAPI's answers.
with products as (
    select
        {{ device_key('manufacturer', 'model') }} as device_key,
        min(document_sha256) as document_sha256,
        min(document_row) as document_row,
        bool_and(has_stages) as has_stages,
        avg(manufacturing_kg_co2e) as manufacturing,
        avg(transport_kg_co2e) as transport,
        avg(end_of_life_kg_co2e) as end_of_life,
        avg(embodied_kg_co2e) as embodied,
        avg(weight_kg) as weight_kg
    from {{ ref('stg_boavizta__footprints') }}
    group by all
),

staged as (
    select
        products.*,
        stages.lca_stage,
        case
            when stages.lca_stage = 'embodied' and not products.has_stages then products.embodied
            when stages.lca_stage = 'manufacturing' and products.has_stages then products.manufacturing
            when stages.lca_stage = 'transport' and products.has_stages then products.transport
            when stages.lca_stage = 'end_of_life' and products.has_stages then products.end_of_life
        end as amount_per_piece
    from products
    cross join unnest(['embodied', 'manufacturing', 'transport', 'end_of_life']) as stages(lca_stage)
),

answers as (
    select
        trim(regexp_replace(lower(listed.model), '[^a-z0-9]+', ' ', 'g')) as device_key,
        impacts.*
    from {{ ref('stg_boaviztapi__impacts') }} as impacts
    cross join unnest(impacts.models) as listed(model)
)

select
    device_key,
    'product' as lca_source,
    'lca:boavizta:' || device_key as lca_factor_id,
    document_sha256,
    document_row,
    'gwp' as indicator,
    'kg CO2e' as unit,
    lca_stage,
    amount_per_piece
from staged
where amount_per_piece is not null
union all by name
select
    device_key,
    'product' as lca_source,
    'lca:boavizta:' || device_key as lca_factor_id,
    document_sha256,
    document_row,
    'ewaste_kg' as indicator,
    'kg' as unit,
    'end_of_life' as lca_stage,
    weight_kg as amount_per_piece
from products
where weight_kg > 0
union all by name
select
    device_key,
    'boaviztapi' as lca_source,
    'lca:boaviztapi:' || device as lca_factor_id,
    document_sha256,
    document_row,
    indicator,
    unit,
    'embodied' as lca_stage,
    amount_per_piece
from answers
