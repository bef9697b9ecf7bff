select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    rows.document_row,
    documents.retrieved_at,
    coalesce(rows.asset_tag, rows.serial_number, 'row-' || rows.document_row) as asset_id,
    nullif(rows.serial_number, '') as serial_number,
    rows.device_class,
    rows.manufacturer,
    rows.model,
    coalesce(rows.quantity, 1) as quantity,
    coalesce(rows.order_id, 'unknown') as order_id,
    coalesce(rows.order_line, cast(rows.document_row as varchar)) as order_line,
    coalesce(rows.order_date, rows.in_service_date) as order_date,
    rows.in_service_date,
    rows.retired_date,
    rows.status,
    rows.site_id,
    rows.cost_center,
    rows.embodied_kg_co2e,
    rows.embodied_source
from {{ source('typed', 'asset_register') }} as rows
inner join {{ ref('stg_documents') }} as documents
    on rows.doc_key = documents.doc_key
    and documents.connector = 'asset_register'
where documents.is_current
