select
    asset_id,
    device_class,
    manufacturer,
    model,
    cast(quantity as double) as quantity,
    order_id,
    order_line,
    order_date,
    in_service_date,
    retired_date,
    status,
    site_id,
    cost_center,
    lca_source,
    lca_factor_id,
    has_stages,
    cast(coalesce(whole_kg_co2e, manufacturing_kg_co2e + transport_kg_co2e + end_of_life_kg_co2e) as double)
    as embodied_kg_co2e,
    document_sha256,
    cast(document_row as bigint) as document_row
from {{ ref('int_asset_footprints') }}
