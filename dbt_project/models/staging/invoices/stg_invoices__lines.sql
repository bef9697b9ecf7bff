-- Invoice lines in force. A line that stands in two documents keeps its first place; the later ones are duplicates.
select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    typed.document_row,
    documents.retrieved_at,
    documents.period_month as delivery_month,
    concat_ws('|', 'purchase', lower(trim(typed.supplier)), typed.invoice_number, typed.invoice_line) as claim_id,
    typed.supplier,
    typed.invoice_number,
    typed.invoice_line,
    typed.invoice_date,
    cast(date_trunc('month', typed.invoice_date) as date) as period_month,
    typed.category,
    typed.description,
    typed.amount_ex_vat,
    typed.vat,
    typed.currency,
    typed.order_id,
    typed.cost_center,
    typed.project,
    row_number() over (
        partition by lower(trim(typed.supplier)), typed.invoice_number, typed.invoice_line
        order by documents.period_month, documents.source_id, documents.request, documents.part, typed.document_row
    ) as occurrence
from {{ source('typed', 'invoices') }} as typed
inner join {{ ref('stg_documents') }} as documents
    on typed.doc_key = documents.doc_key
    and documents.connector = 'invoices'
where documents.is_current
