-- What a reader should know about sites' energy: meters that contradict each other, instruments that cover less than
-- their name says, and factors without a split.
select
    'meter_overrun' as code,
    'critical' as severity,
    period_month,
    site_id as subject,
    'Meters inside the site show more than the meter that feeds them: check readings and roles in config/meters.csv' as text
from {{ ref('int_site_balance') }}
where is_meter_overrun
union all
select
    'node_overrun' as code,
    'critical' as severity,
    period_month,
    site_id || '/' || node as subject,
    printf('Meters inside show %.1f kWh where the ', inner_kwh)
    || case component when 'node' then 'node''s own meter' else 'meter of processors' end
    || printf(' shows %.1f: check its factor, its zones, and that host names agree', outer_kwh) as text
from {{ ref('int_node_overruns') }}
union all
select
    'instrument_over_claim' as code,
    'warning' as severity,
    least(instruments.last_month, {{ last_month() }}) as period_month,
    report.instrument_id as subject,
    printf('%.0f of %.0f kWh exceed the consumption of ', report.left_kwh, report.retired_kwh) || report.market || ' in '
    || report.year || ' and cover nothing' as text
from {{ ref('rpt_instruments') }} as report
inner join {{ ref('int_instruments') }} as instruments
    on report.instrument_id = instruments.instrument_id
where report.status = 'over_claim'
union all
select
    'instrument_not_counted' as code,
    'warning' as severity,
    least(last_month, {{ last_month() }}) as period_month,
    instrument_id as subject,
    case not_counted_reason
        when 'not_retired' then 'Not retired: covers nothing until it is'
        when 'other_beneficiary' then 'Retired for ' || beneficiary || ', which is no entity of ours'
        when 'other_year' then 'Retired for consumption of another year than ' || vintage_year
        else 'No consumption of ours in the market ' || market
    end as text
from {{ ref('int_instruments') }}
where not_counted_reason is not null
union all
select distinct
    'instrument_without_split' as code,
    'warning' as severity,
    period_month,
    instrument_id as subject,
    'Covered kWh of ' || grid_zone || ' keep the location factor: it has no split, so their upstream cannot be kept apart '
    || '(enter direct, upstream and grid_losses in config/factors.csv)' as text
from {{ ref('int_market_quantities') }}
where is_unsplit and instrument_id is not null
union all
select distinct
    'market_without_upstream' as code,
    'warning' as severity,
    period_month,
    site_id as subject,
    factor_id || ' is direct, and ' || grid_zone || ' has no upstream factor: the market basis lacks 3.3' as text
from {{ ref('int_market_quantities') }}
where is_unsplit and factor_boundary = 'direct'
union all
select
    'unknown_meter' as code,
    'critical' as severity,
    period_month,
    meter_id as subject,
    'Bill of a ' || kind || ' meter that config/meters.csv does not know: ' || round(fsum(kwh)) || ' kWh left out' as text
from {{ ref('int_heat_months') }}
where excluded_code = 'other_owner'
group by period_month, meter_id, kind
union all
select distinct
    'heat_without_factor' as code,
    'critical' as severity,
    months.period_month,
    months.meter_id as subject,
    'No factor: enter one in config/factors.csv with geography ' || months.kind || ':' || coalesce(months.supplier, 'FR')
    || ' (or ' || months.kind || ':<country>)' as text
from {{ ref('int_heat_months') }} as months
where
    months.excluded_code is null
    and not exists (
        select 1 from {{ ref('int_emissions_heat') }} as emissions
        where emissions.claim_id = months.claim_id and emissions.period_month = months.period_month
    )
