-- What a site's meters say of a month, by side of the balance. Incoming less exported is the site's total, charging a
-- storage counts as export and discharging as incoming. Meters inside count only where they saw the whole month.
with readings as (
    select
        months.period_month,
        months.site_id,
        months.meter_id,
        months.energy_source,
        months.role,
        bool_or(months.is_control_total) as is_control_total,
        max(months.pue) as pue,
        sum(months.days) >= day(last_day(months.period_month)) as is_whole,
        fsum(months.kwh) as kwh
    from {{ ref('int_meter_months') }} as months
    where months.excluded_code is null
    group by months.period_month, months.site_id, months.meter_id, months.energy_source, months.role
),

sides as (
    select
        period_month,
        site_id,
        bool_or(is_control_total) as has_total,
        max(pue) as billed_pue,
        {% for source in ['grid', 'generator', 'pv'] %}
        coalesce(fsum(kwh) filter (where role = 'incoming' and energy_source = '{{ source }}'), 0) as {{ source }}_kwh,
        {% endfor %}
        coalesce(fsum(kwh) filter (where role = 'export' and energy_source != 'storage'), 0) as export_kwh,
        coalesce(fsum(case role when 'export' then kwh else -kwh end)
        filter (where energy_source = 'storage' and role in ('incoming', 'export')), 0) as storage_kwh,
        fsum(kwh) filter (where role = 'it' and is_control_total) as colocation_it_kwh,
        {% for role in ['it_feed', 'it', 'overhead', 'non_it'] %}
        case
            when bool_and(is_whole) filter (where role = '{{ role }}')
                then fsum(kwh) filter (where role = '{{ role }}')
        end as {{ role }}_metered_kwh{{ ',' if not loop.last }}
        {% endfor %}
    from readings
    group by period_month, site_id
)

select
    *,
    case
        when has_total then grid_kwh + generator_kwh + pv_kwh - export_kwh - storage_kwh
    end as incoming_kwh
from sides
