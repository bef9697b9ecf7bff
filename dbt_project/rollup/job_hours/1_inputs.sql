-- connector: prometheus
-- beside: slurm_sacct
-- kWh of boards without a holder's label, per node, hour and Slurm job; what no job holds is idle (null). Jobs are cut at
-- hour borders: an hour that one job fills is taken from the hourly roll-up, only the others go back to the samples.
-- Jobs at one time share a node's boards by their GPUs; boards beyond them are idle. What jobs get and what is idle add up
-- to the hour. Times are microseconds since 1970; a sample belongs to the hour in which its step ends.
create view holdings as
select
    lower(split_part(name, '.', 1)) as node,
    job_id,
    gpus,
    since_us,
    until_us
from (
    select
        unnest(node_names) as name,
        split_part(job_id_raw, '.', 1) as job_id,
        alloc_gpus / nodes as gpus,
        epoch_us(start_at) as since_us,
        -- A job that still ran when sacct was asked has no end.
        coalesce(epoch_us(end_at), epoch_us(start_at) + elapsed_s * 1000000) as until_us,
        -- A job that crosses a month end stands in both months' documents: the later one knows its end.
        elapsed_s = max(elapsed_s) over (partition by job_id_raw, submit_at)
        and row_number() over (partition by job_id_raw, submit_at, elapsed_s order by doc_key, document_row) = 1 as is_newest
    from beside
    where
        not is_step
        and alloc_gpus > 0
        -- The exporter names the boards of these itself: what is without a label beside them is idle.
        and split_part(job_id_raw, '.', 1) not in (select distinct hpc_job from samples where hpc_job is not null)
) as jobs
where is_newest and until_us > since_us;

-- Boards with several series at one instant, and counters: few enough for windows. A counter gives its growth.
create table shared_readings as
select
    doc_key,
    uuid,
    hostname,
    ended_us,
    step_us,
    case
        when kind = 'power' then value * step_us / 1000000
        when value >= value_before then value - value_before
        when value < value_before then value
    end / series_now as joules,
    pod is null and namespace is null and hpc_job is null as is_unlabelled
from (
    select
        doc_key, uuid, hostname, kind, pod, namespace, hpc_job,
        epoch_us(ts) as ended_us,
        cast(step_seconds * 1000000 as bigint) as step_us,
        max(value) over (partition by uuid, metric, ts) as value,
        count(*) over (partition by uuid, metric, ts) as series_now,
        last_value(value) over (
            partition by uuid, metric order by ts range between unbounded preceding and interval '1' microsecond preceding
        ) as value_before
    from samples
    where level = 'gpu' and (board_series > 1 or kind = 'energy')
) as instants;

create view unlabelled as
select
    doc_key, uuid, hostname, ended_us,
    (ended_us - 1) // 3600000000 as hour,
    least(step_us, (ended_us - 1) % 3600000000 + 1) as step_us,
    joules
from (
    select
        doc_key, uuid, hostname,
        epoch_us(ts) as ended_us,
        cast(step_seconds * 1000000 as bigint) as step_us,
        cast(value * step_seconds as decimal(18, 6)) as joules
    from samples
    where
        level = 'gpu' and kind = 'power' and board_series = 1
        and pod is null and namespace is null and hpc_job is null
    union all
    select doc_key, uuid, hostname, ended_us, step_us, cast(joules as decimal(18, 6)) as joules
    from shared_readings
    where is_unlabelled and joules is not null
) as readings
