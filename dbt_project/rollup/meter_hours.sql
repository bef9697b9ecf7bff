-- connector: prometheus
-- kWh per meter and hour, of everything that measures more or less than a board (socket and zone of a node, outlet, container).
-- Series that measure the same (a second scrape, replicas of a server; their series_key is equal) are one: of powers the
-- highest at an instant; counters are differenced one by one, cut into steps, and each step counts by the series that saw it
-- finest. Of Kepler's overlapping zones only the chosen ones count. Times are microseconds since 1970.
with shared as (
    select doc_key, series_key
    from samples
    where level in ('cpu', 'node', 'rack', 'pod')
    group by doc_key, series_key
    having min(series) != max(series)
),

meters as (
    select
        samples.doc_key, samples.series, samples.series_key, samples.metric, samples.kind, samples.level, samples.zone,
        samples.device_id, samples.hostname, samples.namespace, samples.pod, samples.value,
        epoch_us(samples.ts) as at_us,
        cast(samples.step_seconds * 1000000 as bigint) as step_us,
        shared.series_key is not null as is_shared
    from samples
    left join shared
        on samples.doc_key = shared.doc_key
        and samples.series_key = shared.series_key
    where samples.level in ('cpu', 'node', 'rack', 'pod') and samples.is_counted
),

powers as (
    select
        doc_key, series_key, metric, kind, level, zone, device_id, hostname, namespace, pod,
        at_us as ended_us,
        at_us - step_us as since_us,
        value * step_us / 1000000 as joules
    from meters
    where kind = 'power' and not is_shared
    union all
    select
        doc_key, series_key, metric, kind, level, zone,
        min(device_id) as device_id,
        min(hostname) as hostname,
        min(namespace) as namespace,
        min(pod) as pod,
        at_us as ended_us,
        at_us - max(step_us) as since_us,
        max(value) * max(step_us) / 1000000 as joules
    from meters
    where kind = 'power' and is_shared
    group by doc_key, series_key, metric, kind, level, zone, at_us
),

spans as (
    select
        *,
        at_us as ended_us,
        lag(at_us) over one as since_us,
        case when value >= lag(value) over one then value - lag(value) over one else value end as joules
    from meters
    where kind = 'energy'
    window one as (partition by doc_key, series order by at_us)
),

steps as (
    select
        *,
        ended_us - since_us as whole_us,
        unnest(generate_series(0, (ended_us - since_us - 1) // step_us)) as nth
    from spans
    where since_us is not null and is_shared
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
    union all by name
    select doc_key, series_key, metric, kind, level, zone, device_id, hostname, namespace, pod, ended_us, since_us, joules
    from spans
    where since_us is not null and not is_shared
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
