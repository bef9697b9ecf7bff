select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    rows.document_row,
    documents.retrieved_at,
    documents.period_month as delivery_month,
    rows.supplier,
    rows.invoice_number,
    rows.meter_id,
    rows.kind,
    rows.period_from,
    rows.period_to,
    rows.consumption_kwh,
    rows.is_credit_note
from {{ source('typed', 'heat_bill') }} as rows
inner join {{ ref('stg_documents') }} as documents
    on rows.doc_key = documents.doc_key
    and documents.connector = 'heat_bill'
where documents.is_current
