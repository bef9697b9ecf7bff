select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    rows.document_row,
    documents.retrieved_at,
    documents.request as site_id,
    documents.period_month as delivery_month,
    rows.supplier,
    rows.invoice_number,
    rows.invoice_line,
    rows.meter_id,
    rows.period_from,
    rows.period_to,
    rows.water_m3,
    rows.discharge_m3,
    rows.reading_type,
    rows.amount,
    rows.currency,
    rows.is_credit_note
from {{ source('typed', 'water_bill') }} as rows
inner join {{ ref('stg_documents') }} as documents
    on rows.doc_key = documents.doc_key
    and documents.connector = 'water_bill'
where documents.is_current
