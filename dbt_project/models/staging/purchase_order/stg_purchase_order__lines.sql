-- Order lines and credit notes, each as its newest export has it; returns without a number of their own are told apart by
-- their day. `price_per_piece` is net, in the order's currency.
select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    rows.document_row,
    documents.retrieved_at,
    rows.order_id,
    rows.order_line,
    coalesce(rows.record_id, '-') as record_id,
    rows.order_date,
    coalesce(rows.in_service_date, rows.delivery_date, rows.order_date) as in_service_date,
    rows.supplier,
    rows.manufacturer,
    rows.model,
    rows.device_class,
    rows.gpu_model,
    rows.gpu_count,
    rows.quantity,
    rows.serial_number,
    rows.site_id,
    rows.cost_center,
    rows.ownership,
    rows.lease_end_date,
    coalesce(abs(rows.amount) / abs(rows.quantity), rows.unit_price / coalesce(rows.price_unit, 1)) as price_per_piece,
    rows.currency,
    {% for figure in supplier_figures() %}
    rows.{{ figure }},
    {% endfor %}
    rows.device_class != 'not_hardware' as is_hardware
from {{ source('typed', 'purchase_order') }} as rows
inner join {{ ref('stg_documents') }} as documents
    on rows.doc_key = documents.doc_key
    and documents.connector = 'purchase_order'
where documents.is_current
qualify rank() over (
    partition by
        documents.source_id, rows.order_id, rows.order_line, rows.record_id, rows.quantity < 0,
        case when rows.quantity < 0 and rows.record_id is null then rows.order_date end
    order by documents.period_month desc, documents.seq desc
) = 1
