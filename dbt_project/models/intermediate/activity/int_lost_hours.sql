-- Board-months whose samples are missing for part of the time, and what the board is taken to have used then: its own mean
-- power of the month. A board is expected from its first sample to its last; where all boards of a site fall silent at
-- once, to the end of that month. Less than one per cent is jitter.
with hours as (
    select
        source_id,
        site_id,
        period_month,
        device_id,
        hour_start,
        fsum(seconds_seen) as seconds_seen,
        fsum(kwh) as kwh
    from {{ ref('stg_prometheus__gpu_hours') }}
    group by source_id, site_id, period_month, device_id, hour_start
),

sites as (
    select source_id, site_id, max(hour_start) as last_hour from hours group by source_id, site_id
),

boards as (
    select
        hours.source_id,
        hours.site_id,
        hours.device_id,
        min(hours.hour_start) as since_at,
        case
            when max(hours.hour_start) >= any_value(sites.last_hour) - interval '1' hour
                then date_trunc('month', any_value(sites.last_hour)) + interval '1' month
            else max(hours.hour_start) + interval '1' hour
        end as until_at
    from hours
    inner join sites
        on hours.source_id = sites.source_id
        and hours.site_id = sites.site_id
    group by hours.source_id, hours.site_id, hours.device_id
),

months as (
    select
        source_id,
        site_id,
        period_month,
        device_id,
        fsum(seconds_seen) as seconds_seen,
        fsum(kwh) as kwh
    from hours
    group by source_id, site_id, period_month, device_id
),

expected as (
    select
        months.*,
        date_diff(
            'second',
            greatest(boards.since_at, months.period_month),
            least(boards.until_at, months.period_month + interval '1' month)
        ) as seconds_expected
    from months
    inner join boards
        on months.source_id = boards.source_id
        and months.site_id = boards.site_id
        and months.device_id = boards.device_id
)

select
    *,
    (seconds_expected - seconds_seen) / 3600 as lost_hours,
    kwh / seconds_seen * (seconds_expected - seconds_seen) as lost_kwh
from expected
where seconds_seen > 0 and seconds_expected - seconds_seen > 0.01 * seconds_expected
