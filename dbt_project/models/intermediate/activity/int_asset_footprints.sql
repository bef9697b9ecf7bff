-- Asset lines with the carbon footprint chosen for each (`int_asset_lca`): kilograms per piece, over the whole life
-- without use. A line without any has none.
with carbon as (
    select
        asset_id,
        any_value(lca_source) as lca_source,
        any_value(lca_factor_id) as lca_factor_id,
        min(lca_document_sha256) as lca_document_sha256,
        min(lca_document_row) as lca_document_row,
        bool_or(lca_stage != 'embodied') as has_stages,
        max(amount_per_piece) filter (where lca_stage = 'embodied') as whole_kg_co2e,
        max(amount_per_piece) filter (where lca_stage = 'manufacturing') as manufacturing_kg_co2e,
        max(amount_per_piece) filter (where lca_stage = 'transport') as transport_kg_co2e,
        max(amount_per_piece) filter (where lca_stage = 'end_of_life') as end_of_life_kg_co2e,
        fsum(amount_per_piece) as kg_co2e_per_piece
    from {{ ref('int_asset_lca') }}
    where indicator = 'gwp'
    group by asset_id
)

select
    assets.*,
    carbon.lca_source,
    carbon.lca_factor_id,
    carbon.lca_document_sha256,
    carbon.lca_document_row,
    coalesce(carbon.has_stages, false) as has_stages,
    carbon.whole_kg_co2e,
    carbon.manufacturing_kg_co2e,
    carbon.transport_kg_co2e,
    carbon.end_of_life_kg_co2e,
    carbon.kg_co2e_per_piece
from {{ ref('int_assets') }} as assets
left join carbon
    on assets.asset_id = carbon.asset_id
