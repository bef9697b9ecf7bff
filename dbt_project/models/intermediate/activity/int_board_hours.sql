-- Board hours with their holder: the pod or job that the exporter's labels name, else the Slurm jobs that held GPUs of
-- the node in that hour, each by its share of the node's unlabelled energy; what no job held is idle.
with boards as (
    select
        *,
        lower(split_part(split_part(hostname, ':', 1), '.', 1)) as node
    from {{ ref('stg_prometheus__gpu_hours') }}
),

shares as (
    select
        document_sha256,
        site_id,
        delivery_month,
        node,
        hour_start,
        job_id,
        kwh / fsum(kwh) over (partition by document_sha256, site_id, delivery_month, node, hour_start) as share
    from {{ ref('stg_prometheus__job_hours') }}
    where kwh > 0
),

held as (
    select *
    from boards
    where pod is not null or namespace is not null or job_id is not null
    union all by name
    select
        boards.* replace (
            shares.job_id as job_id,
            boards.kwh * coalesce(shares.share, 1) as kwh,
            boards.seconds_seen * coalesce(shares.share, 1) as seconds_seen
        )
    from boards
    left join shares
        on boards.document_sha256 = shares.document_sha256
        and boards.site_id = shares.site_id
        and boards.delivery_month = shares.delivery_month
        and boards.node = shares.node
        and boards.hour_start = shares.hour_start
    where boards.pod is null and boards.namespace is null and boards.job_id is null
)

select
    *,
    case
        when job_id is not null then concat_ws('|', 'job', site_id, job_id)
        when pod is not null or namespace is not null then concat_ws('|', 'pod', site_id, namespace, pod)
    end as thing_id
from held
