select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    documents.site_id,
    documents.period_month as delivery_month,
    hours.node,
    hours.hour_start,
    hours.job_id,
    hours.kwh
from {{ source('rollup', 'job_hours') }} as hours
inner join {{ ref('stg_documents') }} as documents
    on hours.doc_key = documents.doc_key
    and documents.connector = 'prometheus'
where documents.is_current
