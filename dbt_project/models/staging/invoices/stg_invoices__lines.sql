-- Invoice lines in force. A line that stands in two documents keeps its first place; the later ones are duplicates.
select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    rows.document_row,
    documents.retrieved_at,
    documents.period_month as delivery_month,
    concat_ws('|', 'purchase', lower(trim(rows.supplier)), rows.invoice_number, rows.invoice_line) as claim_id,
    rows.supplier,
    rows.invoice_number,
    rows.invoice_line,
    rows.invoice_date,
    cast(date_trunc('month', rows.invoice_date) as date) as period_month,
    rows.category,
    rows.description,
    rows.amount_ex_vat,
    rows.vat,
    rows.currency,
    rows.order_id,
    rows.cost_center,
    rows.project,
    row_number() over (
        partition by lower(trim(rows.supplier)), rows.invoice_number, rows.invoice_line
        order by documents.period_month, documents.source_id, documents.request, documents.part, rows.document_row
    ) as occurrence
from {{ source('typed', 'invoices') }} as rows
inner join {{ ref('stg_documents') }} as documents
    on rows.doc_key = documents.doc_key
    and documents.connector = 'invoices'
where documents.is_current
