-- What a reader should know about fuel, refrigerant and water, one line per subject and month.
select
    'fuel_without_factor' as code,
    'critical' as severity,
    period_month,
    fuel || ' per ' || unit as subject,
    'No factor: ' || round(fsum(quantity)) || ' ' || unit || ' left out; add one to config/factors.csv' as text
from {{ ref('int_fuel_months') }}
where excluded_code = 'no_factor'
group by period_month, fuel, unit
union all
select
    'unknown_refrigerant' as code,
    'critical' as severity,
    {{ last_month() }} as period_month,
    refrigerant as subject,
    'Neither a blend nor a substance of the shipped tables: ' || count(*)
    || ' lines left out; map it in options.refrigerants or add it to config/factors.csv' as text
from {{ ref('int_refrigerant_lines') }}
where excluded_code = 'no_factor'
group by refrigerant
union all
select
    'log_of_another_owner' as code,
    case when bool_or(sites.site_id is null) then 'critical' else 'warning' end as severity,
    {{ last_month() }} as period_month,
    logs.site_id as subject,
    case
        when bool_or(sites.site_id is null) then 'Log of a site that config/sites.csv does not know: '
        else 'Log of a site that somebody else runs, no scope 1 of ours: '
    end || count(*) || ' lines left out' as text
from (
    select site_id from {{ ref('int_fuel_months') }} where excluded_code = 'other_owner'
    union all
    select site_id from {{ ref('int_refrigerant_lines') }} where excluded_code = 'other_owner'
) as logs
left join {{ ref('stg_config__sites') }} as sites
    on logs.site_id = sites.site_id
group by logs.site_id
union all
select
    'refrigerant_gain' as code,
    'warning' as severity,
    cast(date_trunc('month', counted_to) as date) as period_month,
    site_id || '/' || equipment_id as subject,
    'Mass balance of ' || counted_from || ' to ' || counted_to || ' gains ' || round(-fsum(kg), 3)
    || ' kg: a fill is missing in the log; no leak is counted' as text
from {{ ref('int_refrigerant_moves') }}
where method = 'mass_balance' and used_as = 'stock' and excluded_code is null
group by site_id, equipment_id, refrigerant_key, counted_from, counted_to
having fsum(kg) < -1e-9
union all
select distinct
    'gwp_of_another_report' as code,
    'warning' as severity,
    emissions.period_month,
    potentials.substance as subject,
    'No warming potential in the report of the policy: ' || potentials.factor_id || ' stands in' as text
from {{ ref('int_emissions_refrigerants') }} as emissions
inner join {{ ref('int_refrigerant_choice') }} as potentials
    on emissions.factor_id = potentials.factor_id
    and emissions.period_month = potentials.period_month
where potentials.is_stand_in
union all
select
    'stale_fuel_factor' as code,
    'warning' as severity,
    emissions.period_month,
    factors.fuel as subject,
    min(emissions.factor_id) || ' is the newest edition and ends ' || min(factors.valid_to) as text
from {{ ref('int_emissions_fuels') }} as emissions
inner join {{ ref('int_fuel_factor_choice') }} as factors
    on emissions.factor_id = factors.factor_id
    and emissions.period_month = factors.period_month
    and emissions.region = factors.country
where factors.is_stale and emissions.ghg_category like '1.%'
group by emissions.period_month, factors.fuel
union all
select
    'water_factor_stands_in' as code,
    'warning' as severity,
    emissions.period_month,
    emissions.region as subject,
    'No carbon factor of its own for this month: ' || string_agg(distinct emissions.factor_id, ', ' order by emissions.factor_id)
    || ' stands in; add one to config/factors.csv' as text
from {{ ref('int_emissions_water') }} as emissions
inner join {{ ref('int_water_factor_choice') }} as factors
    on emissions.factor_id = factors.factor_id
    and emissions.period_month = factors.period_month
    and emissions.region = factors.country
where factors.is_stand_in
group by emissions.period_month, emissions.region
