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
    rows.use,
    rows.fuel,
    rows.quantity,
    rows.unit,
    rows.period_from,
    rows.period_to,
    rows.is_credit_note,
    row_number() over (
        partition by
            documents.source_id, rows.reference, rows.equipment_id, rows.site_id, rows.use, rows.fuel, rows.quantity,
            rows.unit, rows.period_from, rows.period_to
        order by documents.period_month desc, documents.seq desc, documents.document_sha256, rows.document_row
    ) > 1 as is_repeat
from {{ source('typed', 'fuel_log') }} as rows
inner join {{ ref('stg_documents') }} as documents
    on rows.doc_key = documents.doc_key
    and documents.connector = 'fuel_log'
where documents.is_current
