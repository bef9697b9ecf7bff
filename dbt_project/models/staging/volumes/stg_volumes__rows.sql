select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    rows.document_row,
    documents.retrieved_at,
    rows.month as period_month,
    rows.project as project_id,
    rows.metric,
    rows.quantity,
    rows.unit
from {{ source('typed', 'volumes') }} as rows
inner join {{ ref('stg_documents') }} as documents
    on rows.doc_key = documents.doc_key
    and documents.connector = 'volumes'
where documents.is_current
