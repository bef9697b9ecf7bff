-- connector: prometheus
-- kWh per meter and hour, of everything that measures more or less than a board (socket and zone of a node, outlet, container).
-- Series that measure the same (a second scrape, replicas of a server; their series_key is equal) are one: of powers the
-- highest at an instant; counters are differenced one by one, cut into steps, and each step counts by the series that saw it
-- finest. Of Kepler's overlapping zones only the chosen ones count. Times are microseconds since 1970.
with meters as (
    select *, epoch_us(ts) as at_us, cast(step_seconds * 1000000 as bigint) as step_us
    from samples
    where level in ('cpu', 'node', 'rack', 'pod') and is_counted
),

powers as (
    select
        doc_key, series_key, metric, kind, level, zone,
        min(device_id) as device_id,
        min(hostname) as hostname,
        min(namespace) as namespace,
        min(pod) as pod,
        at_us as ended_us,
        at_us - max(step_us) as since_us,
        max(value) * max(step_seconds) as joules
    from meters
    where kind = 'power'
    group by doc_key, series_key, metric, kind, level, zone, at_us
),

spans as (
    select
        *,
        at_us as ended_us,
        lag(at_us) over one as since_us,
        lag(value) over one as value_before
    from meters
    where kind = 'energy'
    window one as (partition by doc_key, series order by ts)
),

steps as (
    select
        *,
        ended_us - since_us as whole_us,
        case when value >= value_before then value - value_before else value end as joules,
        unnest(generate_series(0, (ended_us - since_us - 1) // step_us)) as nth
    from spans
    where since_us is not null
),

counted as (
    select
        doc_key, series_key, metric, kind, level, zone, device_id, hostname, namespace, pod,
        ended_us - nth * step_us as ended_us,
        greatest(since_us, ended_us - (nth + 1) * step_us) as since_us,
        joules * (ended_us - nth * step_us - greatest(since_us, ended_us - (nth + 1) * step_us)) / whole_us as joules
    from steps
    qualify row_number() over (
        partition by doc_key, series_key, ended_us - nth * step_us
        order by whole_us asc, joules desc, series asc
    ) = 1
),

seen as (
    select * from powers
    union all by name
    select * from counted
),

hours as (
    select *, unnest(generate_series(since_us // 3600000000, (ended_us - 1) // 3600000000)) as hour
    from seen
),

pieces as (
    select
        *,
        ended_us - since_us as whole_us,
        least(ended_us, (hour + 1) * 3600000000) - greatest(since_us, hour * 3600000000) as piece_us
    from hours
)

select
    doc_key, series_key, metric, kind, level, zone,
    min(device_id) as device_id,
    min(hostname) as hostname,
    case level when 'pod' then min(namespace) end as namespace,
    case level when 'pod' then min(pod) end as pod,
    make_timestamp(hour * 3600000000) as hour_start,
    cast(sum(cast(joules * piece_us / whole_us / 3600000 as decimal(38, 12))) as double) as kwh,
    cast(sum(cast(piece_us / 1000000 as decimal(38, 6))) as double) as seconds_seen
from pieces
group by doc_key, series_key, metric, kind, level, zone, hour
