-- Jobs cut at hour borders; where several meet in an hour, or one fills it in part, cut again wherever one starts or ends.
create table pieces as
select
    node_hours.node,
    node_hours.hour,
    node_hours.boards,
    node_hours.joules,
    held_hours.job_id,
    held_hours.gpus,
    greatest(held_hours.since_us, held_hours.hour * 3600000000) as since_us,
    least(held_hours.until_us, (held_hours.hour + 1) * 3600000000) as until_us,
    count(*) over (partition by node_hours.node, node_hours.hour) as jobs
from (
    select
        holdings.*,
        unnest(generate_series(holdings.since_us // 3600000000, (holdings.until_us - 1) // 3600000000)) as hour
    from holdings
    where
        holdings.until_us > (select min(hour) from node_hours) * 3600000000
        and holdings.since_us < (select max(hour) + 1 from node_hours) * 3600000000
) as held_hours
inner join node_hours
    on held_hours.node = node_hours.node
    and held_hours.hour = node_hours.hour;

create table held as
with parts as (
    select * from pieces where jobs > 1 or until_us - since_us < 3600000000
),

cuts as (
    select node, hour, since_us as cut_us from parts
    union
    select node, hour, until_us as cut_us from parts
),

segments as (
    select
        node,
        hour,
        cut_us as since_us,
        lead(cut_us) over (partition by node, hour order by cut_us) as until_us
    from cuts
)

select
    segments.*,
    parts.job_id,
    parts.gpus / greatest(
        sum(parts.gpus) over (partition by segments.node, segments.hour, segments.since_us), parts.boards
    ) as share
from segments
inner join parts
    on segments.node = parts.node
    and segments.hour = parts.hour
    and segments.since_us >= parts.since_us
    and segments.until_us <= parts.until_us
