select
    documents.source_id,
    documents.site_id,
    labels.namespace,
    labels.pod,
    labels.labels,
    labels.first_seen,
    labels.last_seen
from {{ source('rollup', 'pod_labels') }} as labels
inner join {{ ref('stg_documents') }} as documents
    on labels.doc_key = documents.doc_key
    and documents.connector = 'prometheus'
where documents.is_current
