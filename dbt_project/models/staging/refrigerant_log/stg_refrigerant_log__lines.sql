-- Lines of the current logs. A line that a later document of the same source repeats word for word (logs are exported
-- again and again) counts once: `is_repeat`.
select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    rows.document_row,
    documents.retrieved_at,
    documents.period_month as delivery_month,
    rows.reference,
    rows.equipment_id,
    rows.site_id,
    rows.refrigerant,
    rows.event_date,
    rows.event,
    rows.quantity_kg,
    row_number() over (
        partition by
            documents.source_id, rows.reference, rows.equipment_id, rows.site_id, rows.refrigerant, rows.event_date,
            rows.event, rows.quantity_kg
        order by documents.period_month desc, documents.seq desc, documents.document_sha256, rows.document_row
    ) > 1 as is_repeat
from {{ source('typed', 'refrigerant_log') }} as rows
inner join {{ ref('stg_documents') }} as documents
    on rows.doc_key = documents.doc_key
    and documents.connector = 'refrigerant_log'
where documents.is_current
