-- Chosen footprints, one row per asset line, indicator and life-cycle stage: amounts per piece over the whole life
-- without use.
with stages as (
    select *, 'embodied' as lca_stage, whole_kg_co2e as amount_per_piece
    from {{ ref('int_asset_footprints') }}
    where not has_stages
    union all by name
    select *, 'manufacturing' as lca_stage, manufacturing_kg_co2e as amount_per_piece
    from {{ ref('int_asset_footprints') }}
    where has_stages
    union all by name
    select *, 'transport' as lca_stage, transport_kg_co2e as amount_per_piece
    from {{ ref('int_asset_footprints') }}
    where has_stages
    union all by name
    select *, 'end_of_life' as lca_stage, end_of_life_kg_co2e as amount_per_piece
    from {{ ref('int_asset_footprints') }}
    where has_stages
)

select
    source_id,
    delivery_id,
    document_sha256,
    document_row,
    retrieved_at,
    asset_id,
    device_class,
    quantity,
    order_id,
    order_line,
    order_date,
    in_service_date,
    ownership,
    counted_until,
    returned_date,
    site_id,
    cost_center,
    lca_source,
    lca_factor_id,
    has_stages,
    lca_stage,
    'gwp' as indicator,
    'kg CO2e' as unit,
    amount_per_piece
from stages
where amount_per_piece is not null
