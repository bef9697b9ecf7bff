-- What a site's kWh were in a month: grid import + generator + PV − export − storage change = IT + cooling, UPS and
-- network overhead + what is not IT. The outermost meter is the total; without one, whole-site telemetry × PUE stands
-- in. PUE = (IT + overhead) ÷ IT from meters where they tell both sides, else the operator's bill, else configured.
-- Keys and meters inside that exceed their total are scaled within the tolerance; beyond it the gate fails.
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

keys as (
    select
        period_month,
        site_id,
        coalesce(fsum(kwh) filter (where thing_id like 'load|%'), 0) as load_kwh,
        coalesce(fsum(kwh) filter (where not coalesce(thing_id like 'load|%', false)), 0) as gpu_kwh,
        coalesce(fsum(kwh) filter (where thing_id is null), 0) as gpu_idle_kwh,
        coalesce(fsum(kwh) filter (where reason = 'lost_telemetry'), 0) as lost_kwh,
        -- Hours × power, where no sensor stood.
        coalesce(fsum(kwh) filter (
            where tier = 'a_posteriori' and reason is null and not coalesce(thing_id like 'load|%', false)
        ), 0) as estimated_kwh,
        min(source_id) as key_source_id,
        coalesce(bool_or(
            component in ('gpu', 'cpu', 'node', 'rack') and tier is distinct from 'a_posteriori'
            and not coalesce(thing_id like 'run|%', false)
        ), false) as has_boards
    from {{ ref('int_energy') }}
    where used_as = 'key' and component not like 'meter:%'
    group by period_month, site_id
),

known as (
    select
        parameters.period_month,
        parameters.site_id,
        meters.* exclude (period_month, site_id),
        parameters.pue as configured_pue,
        parameters.it_feed_share,
        keys.key_source_id,
        coalesce(keys.has_boards, false) as has_boards,
        coalesce(meters.billed_pue, parameters.pue) as given_pue,
        {% for column in ['load_kwh', 'gpu_kwh', 'gpu_idle_kwh', 'lost_kwh', 'estimated_kwh'] %}
        coalesce(keys.{{ column }}, 0) as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from parameters
    left join keys
        on parameters.period_month = keys.period_month
        and parameters.site_id = keys.site_id
    left join {{ ref('int_site_meters') }} as meters
        on parameters.period_month = meters.period_month
        and parameters.site_id = meters.site_id
    where keys.site_id is not null or meters.site_id is not null
),

totalled as (
    select
        * replace (grid_kwh + coalesce(colocation_it_kwh * given_pue, 0) as grid_kwh),
        gpu_kwh + load_kwh as key_kwh,
        incoming_kwh + coalesce(colocation_it_kwh * given_pue, 0) as meter_kwh,
        coalesce(meter_kwh, (gpu_kwh + load_kwh) * given_pue / it_feed_share) as total_kwh,
        -- What IT and its overhead draw together, where meters tell it.
        case
            when meter_kwh is not null
                then coalesce(
                    it_feed_metered_kwh,
                    it_metered_kwh + overhead_metered_kwh,
                    meter_kwh - non_it_metered_kwh,
                    case when it_feed_share = 1 and colocation_it_kwh is null then meter_kwh end
                )
        end as feed_metered_kwh,
        coalesce(it_metered_kwh, feed_metered_kwh - overhead_metered_kwh) as it_seen_kwh,
        coalesce(it_seen_kwh > 0 and feed_metered_kwh > 0, false) as is_pue_measured
    from known
),

split as (
    select
        *,
        case
            when is_pue_measured then 'measured'
            when billed_pue is not null then 'billed'
            else 'configured'
        end as pue_origin,
        case when is_pue_measured then greatest(feed_metered_kwh / it_seen_kwh, 1) end as measured_pue,
        coalesce(measured_pue, given_pue) as pue,
        case
            when is_pue_measured then feed_metered_kwh
            when it_metered_kwh is not null and meter_kwh is not null then it_metered_kwh * given_pue
            else coalesce(feed_metered_kwh, total_kwh * it_feed_share)
        end as feed_kwh,
        feed_kwh + coalesce(non_it_metered_kwh, 0) as inner_kwh,
        least(1, total_kwh / inner_kwh) as inner_scale
    from totalled
    where total_kwh > 0
)

select
    split.* exclude (given_pue, is_pue_measured, it_seen_kwh, feed_metered_kwh, feed_kwh, inner_kwh, inner_scale),
    meter_kwh is not null as is_metered,
    least(1, greatest(0, 1 - (
        coalesce(generator_kwh, 0) + coalesce(pv_kwh, 0) - coalesce(export_kwh, 0) - coalesce(storage_kwh, 0)
    ) / total_kwh)) as grid_share,
    total_kwh - feed_kwh * inner_scale as outside_it_kwh,
    feed_kwh * inner_scale / pue as it_kwh,
    feed_kwh * inner_scale - feed_kwh * inner_scale / pue as overhead_kwh,
    case when key_kwh > it_kwh then it_kwh / key_kwh else 1 end as key_scale,
    key_kwh > it_kwh * (1 + organization.key_tolerance) as is_overrun,
    inner_kwh > total_kwh * (1 + organization.key_tolerance)
    or coalesce(it_seen_kwh > feed_metered_kwh * (1 + organization.key_tolerance), false) as is_meter_overrun
from split
cross join {{ ref('stg_config__organization') }} as organization
