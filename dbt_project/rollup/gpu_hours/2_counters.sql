-- A counter's energy is what it grew by since the sample before, or its value where it was reset. What it counted while
-- samples were lost is spread evenly over that time; nobody is known to have held the board then.
create table spans as
with instants as (
    select
        doc_key,
        metric,
        uuid,
        epoch_us(ts) as ended_us,
        max(cast(step_seconds * 1000000 as bigint)) as step_us,
        max(value) as value,
        min(hostname) as hostname,
        min(model_name) as model_name
    from samples
    where level = 'gpu' and kind = 'energy'
    group by doc_key, metric, uuid, epoch_us(ts)
),

pairs as (
    select
        *,
        lag(ended_us) over (partition by uuid, metric order by ended_us) as since_us,
        lag(value) over (partition by uuid, metric order by ended_us) as value_before
    from instants
)

select
    *,
    case when value >= value_before then value - value_before else value end as joules,
    ended_us - since_us > step_us * 1.5 as is_gap
from pairs
where since_us is not null;

create table counted as
select
    samples.doc_key, samples.metric, samples.uuid, samples.hostname, samples.model_name, samples.namespace, samples.pod,
    samples.hpc_job,
    (spans.ended_us - 1) // 3600000000 as hour,
    spans.joules * case when spans.is_gap then spans.step_us / (spans.ended_us - spans.since_us) else 1 end
    / count(*) over (partition by spans.uuid, spans.metric, spans.ended_us) as joules,
    case when spans.is_gap then spans.step_us else spans.ended_us - spans.since_us end / 1000000
    / count(*) over (partition by spans.uuid, spans.metric, spans.ended_us) as seconds
from samples
inner join spans
    on samples.uuid = spans.uuid
    and samples.metric = spans.metric
    and epoch_us(samples.ts) = spans.ended_us
where samples.level = 'gpu' and samples.kind = 'energy';

create table bridged as
with hours as (
    select
        *,
        ended_us - step_us as until_us,
        unnest(generate_series(since_us // 3600000000, (ended_us - step_us - 1) // 3600000000)) as hour
    from spans
    where is_gap
)

select
    doc_key,
    metric,
    uuid,
    hostname,
    model_name,
    hour,
    joules * (least(until_us, (hour + 1) * 3600000000) - greatest(since_us, hour * 3600000000)) / (ended_us - since_us) as joules,
    (least(until_us, (hour + 1) * 3600000000) - greatest(since_us, hour * 3600000000)) / 1000000 as seconds
from hours
