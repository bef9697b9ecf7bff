-- Months of boards and node meters whose samples are missing for part of the time or all of it, and what the device is
-- taken to have used then: its own mean power of the month, of a month without any sample that of the last month seen. A
-- device is expected from its first sample to its last; where all of its kind at a site fall silent at once, to the end of
-- that month. A month in which none of them was seen is a gap of the source, no device's. Less than one per cent is jitter.
-- Not seen any more while the others report: removed or lost, said in the first such month and not estimated.
with reporting as (
    select
        source_id,
        site_id,
        component,
        period_month,
        max(last_hour) as last_hour,
        lag(period_month) over (partition by source_id, site_id, component order by period_month) as month_before
    from {{ ref('int_seen_months') }}
    group by source_id, site_id, component, period_month
),

kinds as (
    select source_id, site_id, component, max(last_hour) as last_hour from reporting group by source_id, site_id, component
),

devices as (
    select
        months.source_id,
        months.site_id,
        months.component,
        months.device_id,
        min(months.first_hour) as since_at,
        max(months.period_month) as last_month,
        case
            when max(months.last_hour) >= max(kinds.last_hour) - interval '1' hour
                then date_trunc('month', max(kinds.last_hour)) + interval '1' month
            else max(months.last_hour) + interval '1' hour
        end as until_at
    from {{ ref('int_seen_months') }} as months
    inner join kinds
        on months.source_id = kinds.source_id
        and months.site_id = kinds.site_id
        and months.component = kinds.component
    group by months.source_id, months.site_id, months.component, months.device_id
),

expected as (
    select
        devices.source_id,
        devices.site_id,
        devices.component,
        devices.device_id,
        reporting.period_month,
        months.seconds_seen,
        months.kwh,
        date_diff(
            'second',
            greatest(devices.since_at, reporting.period_month),
            least(devices.until_at, reporting.period_month + interval '1' month)
        ) as seconds_in_service,
        case
            when months.device_id is not null then 'gap'
            when reporting.period_month < devices.last_month then 'dark'
            else 'gone'
        end as status,
        last_value(months.kwh / nullif(months.seconds_seen, 0) ignore nulls) over (
            partition by devices.source_id, devices.site_id, devices.component, devices.device_id
            order by reporting.period_month
            rows between unbounded preceding and current row
        ) as kwh_per_second
    from devices
    inner join reporting
        on devices.source_id = reporting.source_id
        and devices.site_id = reporting.site_id
        and devices.component = reporting.component
        and reporting.period_month >= date_trunc('month', devices.since_at)
        and coalesce(reporting.month_before, reporting.period_month) <= devices.last_month
    left join {{ ref('int_seen_months') }} as months
        on devices.source_id = months.source_id
        and devices.site_id = months.site_id
        and devices.component = months.component
        and devices.device_id = months.device_id
        and reporting.period_month = months.period_month
),

lost as (
    select
        * exclude (seconds_in_service),
        case when status != 'gone' then seconds_in_service end as seconds_expected,
        seconds_expected - coalesce(seconds_seen, 0) as seconds_lost
    from expected
    where period_month in (select months.period_month from {{ ref('int_months') }} as months)
)

select
    * exclude (seconds_lost, kwh_per_second),
    seconds_lost / 3600 as lost_hours,
    kwh_per_second * seconds_lost as lost_kwh
from lost
where
    (status = 'gap' and seconds_seen > 0 and seconds_lost > 0.01 * seconds_expected)
    or (
        -- Not where another source or site saw it: it moved.
        status != 'gap' and not exists (
            select 1 from {{ ref('int_seen_months') }} as elsewhere
            where
                elsewhere.component = lost.component and elsewhere.device_id = lost.device_id
                and elsewhere.period_month = lost.period_month
        )
    )
