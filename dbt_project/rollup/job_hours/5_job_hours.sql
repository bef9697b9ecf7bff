-- What each job used of each hour, and what is left.
with used as (
    select held.node, held.hour, held.job_id, span_joules.joules * held.share as joules
    from held
    inner join span_joules
        on held.node = span_joules.node
        and held.hour = span_joules.hour
        and held.since_us = span_joules.since_us
    union all
    select node, hour, job_id, joules * gpus / greatest(gpus, boards) as joules
    from pieces
    where jobs = 1 and until_us - since_us = 3600000000
),

job_hours as (
    select node, hour, job_id, sum(cast(joules as decimal(38, 9))) as joules
    from used
    group by node, hour, job_id
)

select
    node_hours.doc_key,
    job_hours.node,
    make_timestamp(job_hours.hour * 3600000000) as hour_start,
    job_hours.job_id,
    cast(job_hours.joules / 3600000 as double) as kwh
from job_hours
inner join node_hours
    on job_hours.node = node_hours.node
    and job_hours.hour = node_hours.hour
union all
select
    node_hours.doc_key,
    node_hours.node,
    make_timestamp(node_hours.hour * 3600000000) as hour_start,
    cast(null as varchar) as job_id,
    -- Shares are rounded to a billionth of a joule: what is left of nothing is nothing.
    greatest(cast((node_hours.joules - coalesce(taken.joules, 0)) / 3600000 as double), 0) as kwh
from node_hours
left join (select node, hour, sum(joules) as joules from job_hours group by node, hour) as taken
    on node_hours.node = taken.node
    and node_hours.hour = taken.hour
