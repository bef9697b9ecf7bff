select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    rows.document_row,
    documents.retrieved_at,
    documents.request,
    cast(date_trunc('month', rows.day) as date) as period_month,
    rows.day,
    coalesce(rows.cluster, documents.request) as cluster,
    rows.namespace,
    rows.is_special,
    rows.minutes,
    rows.cpu_core_hours,
    rows.gpu_hours,
    rows.ram_byte_hours / 1073741824 as ram_gib_hours
from {{ source('opencost', 'opencost') }} as rows
inner join {{ ref('stg_documents') }} as documents
    on rows.doc_key = documents.doc_key
    and documents.connector = 'opencost'
where documents.is_current
