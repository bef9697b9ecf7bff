select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    documents.retrieved_at,
    documents.request,
    documents.period_month as delivery_month,
    cast(date_trunc('month', hours.hour_start) as date) as period_month,
    hours.hour_start,
    hours.resource_id,
    hours.instance_id,
    concat_ws('/', hours.instance_id, hours.device_id) as device_id,
    hours.run_id,
    hours.kwh,
    hours.minutes_seen
from {{ source('azure_monitor', 'azure_gpu_hours') }} as hours
inner join {{ ref('stg_documents') }} as documents
    on hours.doc_key = documents.doc_key
    and documents.connector = 'azure_monitor'
where documents.is_current
