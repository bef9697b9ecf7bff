select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    documents.request as site_id,
    documents.period_month as delivery_month,
    cast(date_trunc('month', hours.hour_start) as date) as period_month,
    hours.hour_start,
    hours.uuid as device_id,
    hours.hostname,
    hours.model_name,
    nullif(hours.namespace, '') as namespace,
    nullif(hours.pod, '') as pod,
    nullif(hours.hpc_job, '') as job_id,
    hours.kwh,
    hours.seconds_seen
from {{ source('rollup', 'gpu_hours') }} as hours
inner join {{ ref('stg_documents') }} as documents
    on hours.doc_key = documents.doc_key
    and documents.connector = 'prometheus'
where documents.is_current
