-- connector: prometheus
-- kWh per node, rack, processor side or pod and hour, of everything that measures more or less than a board. Powers and
-- counters as for boards; a counter's series are differenced one by one, then added (sockets, dynamic and idle). Of Kepler's
-- overlapping zones only the chosen ones count.
with ordered as (
    select
        *,
        epoch_us(ts) as ended_us,
        lag(epoch_us(ts)) over (partition by doc_key, series order by ts) as since_us,
        lag(value) over (partition by doc_key, series order by ts) as value_before
    from samples
    where level in ('cpu', 'node', 'rack', 'pod') and is_counted
),

spans as (
    select
        doc_key, metric, level, device_id, zone, hostname, namespace, pod, ended_us,
        case kind when 'power' then ended_us - cast(step_seconds * 1000000 as bigint) else since_us end as since_us,
        case
            when kind = 'power' then value * step_seconds
            when value >= value_before then value - value_before
            else value
        end as joules
    from ordered
    where kind = 'power' or since_us is not null
),

hours as (
    select *, unnest(generate_series(since_us // 3600000000, (ended_us - 1) // 3600000000)) as hour
    from spans
),

pieces as (
    select
        doc_key, metric, level, device_id, zone, hostname, namespace, pod, hour, joules, ended_us - since_us as whole_us,
        least(ended_us, (hour + 1) * 3600000000) - greatest(since_us, hour * 3600000000) as piece_us
    from hours
)

select
    doc_key, metric, level, device_id, zone, hostname, namespace, pod,
    make_timestamp(hour * 3600000000) as hour_start,
    cast(sum(cast(joules * piece_us / whole_us / 3600000 as decimal(38, 12))) as double) as kwh,
    cast(sum(cast(piece_us / 1000000 as decimal(38, 6))) as double) as seconds_seen
from pieces
group by doc_key, metric, level, device_id, zone, hostname, namespace, pod, hour
