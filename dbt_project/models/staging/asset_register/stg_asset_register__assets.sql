-- Devices and lots of the register. Without an order line the asset is a line of its own: its row number would be taken for
-- a real line of that order, and would change with each snapshot.
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
    rows.gpu_model,
    rows.gpu_count,
    coalesce(rows.quantity, 1) as quantity,
    rows.order_id is not null as has_order,
    rows.order_line is not null as has_order_line,
    coalesce(rows.order_id, 'unknown') as order_id,
    coalesce(rows.order_line, 'asset ' || asset_id) as order_line,
    coalesce(rows.order_date, rows.in_service_date) as order_date,
    rows.in_service_date,
    rows.retired_date,
    rows.status,
    rows.site_id,
    rows.cost_center,
    coalesce(rows.ownership, 'purchased') as ownership,
    rows.lease_end_date,
    rows.price as price_per_piece,
    coalesce(rows.currency, 'EUR') as currency,
    {% for figure in supplier_figures() %}
    rows.{{ figure }}{{ ',' if not loop.last }}
    {% endfor %}
from {{ source('typed', 'asset_register') }} as rows
inner join {{ ref('stg_documents') }} as documents
    on rows.doc_key = documents.doc_key
    and documents.connector = 'asset_register'
where documents.is_current
