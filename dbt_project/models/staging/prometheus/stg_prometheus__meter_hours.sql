select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    documents.site_id,
    cast(date_trunc('month', hours.hour_start) as date) as period_month,
    hours.hour_start,
    hours.metric,
    hours.level,
    hours.device_id,
    hours.zone,
    lower(split_part(split_part(coalesce(hours.hostname, hours.device_id), ':', 1), '.', 1)) as node,
    hours.namespace,
    hours.pod,
    hours.kwh,
    hours.seconds_seen
from {{ source('rollup', 'meter_hours') }} as hours
inner join {{ ref('stg_documents') }} as documents
    on hours.doc_key = documents.doc_key
    and documents.connector = 'prometheus'
where documents.is_current
