-- What a site's kWh were in a month: grid import = IT + cooling, UPS and network overhead + what is not IT. The
-- outermost meter is the total; without one, whole-site telemetry × PUE stands in. Keys that exceed the IT part are
-- scaled down within the tolerance; beyond it `is_overrun` fails the gate.
with parameters as (
    select
        months.period_month,
        parameters.site_id,
        parameters.pue,
        parameters.it_feed_share
    from {{ ref('stg_config__site_parameters') }} as parameters
    inner join {{ ref('int_months') }} as months
        on months.period_month >= parameters.valid_from
    qualify row_number() over (
        partition by months.period_month, parameters.site_id order by parameters.valid_from desc
    ) = 1
),

measured as (
    select
        period_month,
        site_id,
        fsum(kwh) filter (where used_as = 'total') as meter_kwh,
        coalesce(fsum(kwh) filter (where used_as = 'key' and thing_id like 'load|%'), 0) as load_kwh,
        coalesce(fsum(kwh) filter (where used_as = 'key' and not coalesce(thing_id like 'load|%', false)), 0) as gpu_kwh,
        coalesce(fsum(kwh) filter (where used_as = 'key' and thing_id is null), 0) as gpu_idle_kwh,
        coalesce(fsum(kwh) filter (where reason = 'lost_telemetry'), 0) as lost_kwh,
        min(source_id) filter (where used_as = 'key') as key_source_id,
        coalesce(bool_or(
            used_as = 'key' and device_id is not null and source_id != 'config' and not coalesce(thing_id like 'run|%', false)
        ), false) as has_boards
    from {{ ref('int_energy') }}
    group by period_month, site_id
),

balanced as (
    select
        measured.*,
        parameters.pue,
        parameters.it_feed_share,
        gpu_kwh + load_kwh as key_kwh,
        coalesce(meter_kwh, (gpu_kwh + load_kwh) * parameters.pue / parameters.it_feed_share) as total_kwh
    from measured
    inner join parameters
        on measured.period_month = parameters.period_month
        and measured.site_id = parameters.site_id
)

select
    period_month,
    site_id,
    meter_kwh,
    total_kwh,
    pue,
    it_feed_share,
    gpu_kwh,
    gpu_idle_kwh,
    load_kwh,
    lost_kwh,
    key_kwh,
    key_source_id,
    has_boards,
    meter_kwh is not null as is_metered,
    total_kwh * (1 - it_feed_share) as outside_it_kwh,
    total_kwh * it_feed_share / pue as it_kwh,
    total_kwh * it_feed_share - total_kwh * it_feed_share / pue as overhead_kwh,
    case when key_kwh > total_kwh * it_feed_share / pue then total_kwh * it_feed_share / pue / key_kwh else 1 end
    as key_scale,
    key_kwh > total_kwh * it_feed_share / pue * (1 + organization.key_tolerance) as is_overrun
from balanced
cross join {{ ref('stg_config__organization') }} as organization
