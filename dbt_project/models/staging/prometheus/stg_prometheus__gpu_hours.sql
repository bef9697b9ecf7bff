-- Board hours, each joule once. An hour that two documents tell of whole (two queries, two replicas of a server) counts by
-- the fuller one. A board that both its counter and its power tell of counts by the one that saw more of the hour, else by
-- the counter, which misses nothing.
with hours as (
    select
        documents.source_id,
        documents.delivery_id,
        documents.document_sha256,
        documents.site_id,
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
),

documents as (
    select
        site_id,
        device_id,
        hour_start,
        metric,
        document_sha256,
        fsum(seconds_seen) as seconds_seen
    from hours
    group by site_id, device_id, hour_start, metric, document_sha256
),

told as (
    select *
    from documents
    window one as (partition by site_id, device_id, hour_start, metric)
    -- More than an hour in an hour: told twice. Less: cut between documents.
    qualify fsum(seconds_seen) over one <= 3636
    or row_number() over (one order by seconds_seen desc, document_sha256 asc) = 1
),

metrics as (
    select
        site_id,
        device_id,
        hour_start,
        metric,
        row_number() over (
            partition by site_id, device_id, hour_start
            order by
                -- Ten minutes more or less are more than the step that a counter lacks before its first sample.
                least(fsum(seconds_seen) // 600, 5) desc,
                case metric
                    when 'DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION' then 1
                    when 'kepler_node_gpu_joules_total' then 2
                    else 3
                end asc,
                metric asc
        ) as place
    from told
    group by site_id, device_id, hour_start, metric
)

select hours.*
from hours
inner join told
    on hours.site_id = told.site_id
    and hours.device_id = told.device_id
    and hours.hour_start = told.hour_start
    and hours.metric = told.metric
    and hours.document_sha256 = told.document_sha256
inner join metrics
    on hours.site_id = metrics.site_id
    and hours.device_id = metrics.device_id
    and hours.hour_start = metrics.hour_start
    and hours.metric = metrics.metric
    and metrics.place = 1
