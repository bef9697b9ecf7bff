-- Chosen footprints, one row per register line and life-cycle stage.
with stages as (
    select *, 'embodied' as lca_stage, whole_kg_co2e as kg_per_piece
    from {{ ref('int_asset_footprints') }}
    where not has_stages
    union all by name
    select *, 'manufacturing' as lca_stage, manufacturing_kg_co2e as kg_per_piece
    from {{ ref('int_asset_footprints') }}
    where has_stages
    union all by name
    select *, 'transport' as lca_stage, transport_kg_co2e as kg_per_piece
    from {{ ref('int_asset_footprints') }}
    where has_stages
    union all by name
    select *, 'end_of_life' as lca_stage, end_of_life_kg_co2e as kg_per_piece
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
    site_id,
    cost_center,
    lca_source,
    lca_factor_id,
    has_stages,
    lca_stage,
    kg_per_piece
from stages
where kg_per_piece is not null
