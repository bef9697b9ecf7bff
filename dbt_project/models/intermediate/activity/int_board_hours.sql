-- Board hours with their holder: the pod or job that the exporter's labels name, else the Slurm jobs that held GPUs of
-- the node in that hour, each by its share of the node's unlabelled energy; what no job held is idle.
with unlabelled as (
    select
        *,
        lower(split_part(split_part(hostname, ':', 1), '.', 1)) as node
    from {{ ref('stg_prometheus__gpu_hours') }}
    where pod is null and namespace is null and job_id is null
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
)

select *
from {{ ref('stg_prometheus__gpu_hours') }}
where pod is not null or namespace is not null or job_id is not null
union all by name
select
    unlabelled.* exclude (node) replace (
        shares.job_id as job_id,
        unlabelled.kwh * coalesce(shares.share, 1) as kwh,
        unlabelled.seconds_seen * coalesce(shares.share, 1) as seconds_seen
    )
from unlabelled
left join shares
    on unlabelled.document_sha256 = shares.document_sha256
    and unlabelled.site_id = shares.site_id
    and unlabelled.delivery_month = shares.delivery_month
    and unlabelled.node = shares.node
    and unlabelled.hour_start = shares.hour_start
