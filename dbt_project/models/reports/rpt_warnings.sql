-- What a reader should know about the figures, one line per subject and month.
select
    'key_overrun' as code,
    'critical' as severity,
    period_month,
    site_id as subject,
    'Inner meters and loads show ' || round(key_kwh) || ' kWh where the meter leaves ' || round(it_kwh)
    || ' kWh for IT: check PUE, feed share, loads and meters' as text
from {{ ref('int_site_balance') }}
where is_overrun
union all
select
    'unmetered_site' as code,
    'warning' as severity,
    period_month,
    site_id as subject,
    'No bill: telemetry × PUE stands in' as text
from {{ ref('int_site_balance') }}
where not is_metered
union all
select
    'unknown_meter' as code,
    'critical' as severity,
    period_month,
    meter_id as subject,
    'Bill of a meter that config/meters.csv does not know: ' || round(fsum(kwh)) || ' kWh left out' as text
from {{ ref('int_meter_months') }}
where excluded_code = 'other_owner'
group by period_month, meter_id
union all
select distinct
    'market_basis_substituted' as code,
    'warning' as severity,
    period_month,
    coalesce(site_id, source_id) as subject,
    'No market factor or figure: the location figure stands in (load your residual mix in config/factors.csv)' as text
from {{ ref('int_emissions') }}
where basis_origin = 'substituted'
union all
select
    'stale_grid_factor' as code,
    'warning' as severity,
    period_month,
    grid_zone as subject,
    factor_id || ' is the newest factor and ends ' || valid_to as text
from {{ ref('int_factor_choice') }}
where is_chosen and is_stale and part = 'electricity'
union all
select
    'telemetry_gap' as code,
    'warning' as severity,
    period_month,
    source_id || '/' || request as subject,
    coalesce(reason, '') || '; job hours × nameplate watts split the site instead' as text
from {{ ref('int_month_status') }}
where status = 'gap' and kind = 'telemetry'
union all
select
    'empty_answer' as code,
    'warning' as severity,
    period_month,
    source_id || '/' || request as subject,
    coalesce(reason, '') as text
from {{ ref('int_month_status') }}
where status = 'gap' and kind in ('statement', 'billing')
union all
select
    'telemetry_lost' as code,
    'warning' as severity,
    period_month,
    source_id || '/' || site_id as subject,
    concat_ws('; ',
        case
            when devices > 0
                then printf('%.1f of %.1f', lost_hours, expected_hours)
                    || ' ' || kind || '-hours without samples: ' || printf('%.1f', lost_kwh) || ' kWh estimated at the '
                    || kind || 's'' own mean power'
        end,
        case when dark_devices > 0 then dark_devices || ' ' || kind || '(s) silent all month' end,
        case
            when gone_devices > 0
                then gone_devices || ' ' || kind || '(s) not seen any more: removed or lost, nothing is estimated'
        end
    ) as text
from (
    select *, case component when 'gpu' then 'board' when 'node' then 'node meter' else 'processor' end as kind
    from {{ ref('rpt_lost_telemetry') }}
) as lost
union all
select
    'delivery_' || status as code,
    'warning' as severity,
    period_month,
    source_id || '/' || request as subject,
    coalesce(reason, '') as text
from {{ ref('int_month_status') }}
where status in ('missing', 'unusable', 'incomplete')
union all
select
    'rows_rejected' as code,
    'warning' as severity,
    period_month,
    source_id || '/' || request as subject,
    rows_rejected || ' of ' || (rows_accepted + rows_rejected) || ' rows rejected' as text
from {{ ref('int_month_status') }}
where rows_rejected > 0
union all
select * from {{ ref('int_warnings_hardware') }}
union all
select * from {{ ref('int_warnings_cloud') }}
union all
select * from {{ ref('int_warnings_purchases') }}
union all
select * from {{ ref('int_warnings_tokens') }}
union all
select * from {{ ref('int_warnings_logs') }}
union all
select * from {{ ref('int_warnings_energy') }}
union all
select * from {{ ref('int_warnings_runs') }}
