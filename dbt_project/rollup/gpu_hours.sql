-- connector: prometheus
-- kWh per board, holder and hour. A sample is the mean power of the step that ends at its timestamp. A board seen
-- several times at one instant (MIG instances, time slicing, a second scrape) is counted once, its energy split
-- evenly among those that hold it. Decimals, so that the sum does not depend on the order of rows.
with board_samples as (
    select
        doc_key,
        uuid,
        hostname,
        model_name,
        namespace,
        pod,
        hpc_job,
        step_seconds,
        date_trunc('hour', ts - interval '1' second) as hour_start,
        max(value) over (partition by uuid, ts) as board_w,
        count(*) over (partition by uuid, ts) as holders
    from samples
    where metric = 'DCGM_FI_DEV_POWER_USAGE'
)

select
    doc_key,
    uuid,
    hostname,
    model_name,
    namespace,
    pod,
    hpc_job,
    hour_start,
    cast(sum(cast(board_w / holders * step_seconds / 3600000 as decimal(38, 12))) as double) as kwh,
    cast(sum(cast(step_seconds / holders as decimal(38, 6))) as double) as seconds_seen
from board_samples
group by doc_key, uuid, hostname, model_name, namespace, pod, hpc_job, hour_start
