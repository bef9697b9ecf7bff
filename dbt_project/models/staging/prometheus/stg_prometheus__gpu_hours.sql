select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    documents.request as site_id,
    documents.period_month as delivery_month,
    cast(date_trunc('month', hours.hour_start) as date) as period_month,
    hours.hour_start,
    hours.metric,
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
-- A board that both its counter and its power tell of counts once an hour: the counter, which misses nothing.
qualify dense_rank() over (
    partition by documents.request, hours.uuid, hours.hour_start
    order by
        case hours.metric
            when 'DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION' then 1
            when 'kepler_node_gpu_joules_total' then 2
            else 3
        end,
        hours.metric
) = 1
