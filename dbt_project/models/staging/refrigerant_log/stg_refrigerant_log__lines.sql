-- Lines of the current logs. A line that a later document of the same source repeats word for word (logs are exported
-- again and again) counts once: `is_repeat`.
select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    lines.document_row,
    documents.retrieved_at,
    documents.period_month as delivery_month,
    lines.reference,
    lines.equipment_id,
    lines.site_id,
    lines.refrigerant,
    lines.event_date,
    lines.event,
    lines.quantity_kg,
    row_number() over (
        partition by
            documents.source_id, lines.reference, lines.equipment_id, lines.site_id, lines.refrigerant, lines.event_date,
            lines.event, lines.quantity_kg
        order by documents.period_month desc, documents.seq desc, documents.document_sha256 asc, lines.document_row asc
    ) > 1 as is_repeat
from {{ source('typed', 'refrigerant_log') }} as lines
inner join {{ ref('stg_documents') }} as documents
    on lines.doc_key = documents.doc_key
    and documents.connector = 'refrigerant_log'
where documents.is_current
