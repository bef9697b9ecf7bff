-- Chosen footprints, one row per asset line, indicator and life-cycle stage: amounts per piece over the whole life
-- without use.
select
    assets.source_id,
    assets.delivery_id,
    assets.document_sha256,
    assets.document_row,
    assets.retrieved_at,
    assets.asset_id,
    assets.device_class,
    assets.quantity,
    assets.order_id,
    assets.order_line,
    assets.order_date,
    assets.in_service_date,
    assets.ownership,
    assets.counted_until,
    assets.returned_date,
    assets.site_id,
    assets.cost_center,
    chosen.lca_source,
    chosen.lca_factor_id,
    bool_or(chosen.lca_stage not in ('embodied')) over (partition by chosen.asset_id, chosen.indicator) as has_stages,
    chosen.lca_stage,
    chosen.indicator,
    chosen.unit,
    chosen.amount_per_piece
from {{ ref('int_assets') }} as assets
inner join {{ ref('int_asset_lca') }} as chosen
    on assets.asset_id = chosen.asset_id
