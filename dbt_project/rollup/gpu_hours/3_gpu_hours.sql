-- Both kinds together; where a board has both, staging takes one.
with steps as (
    select doc_key, metric, uuid, hostname, model_name, namespace, pod, hpc_job, hour, joules, seconds
    from power
    union all
    select doc_key, metric, uuid, hostname, model_name, namespace, pod, hpc_job, hour, joules, seconds
    from counted
    union all
    select
        doc_key, metric, uuid, hostname, model_name,
        cast(null as varchar) as namespace,
        cast(null as varchar) as pod,
        cast(null as varchar) as hpc_job,
        hour, joules, seconds
    from bridged
)

select
    doc_key, metric, uuid, hostname, model_name, namespace, pod, hpc_job,
    make_timestamp(hour * 3600000000) as hour_start,
    cast(sum(cast(joules / 3600000 as decimal(38, 12))) as double) as kwh,
    cast(sum(cast(seconds as decimal(38, 6))) as double) as seconds_seen
from steps
group by doc_key, metric, uuid, hostname, model_name, namespace, pod, hpc_job, hour
