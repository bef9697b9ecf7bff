-- The multiplications behind a request's factor: kWh per request, or gigabytes × kWh per gigabyte; × grid factor.
with chains as (
    select distinct
        {{ factor_chain_id('rows') }} as factor_chain_id,
        rows.factor_id,
        rows.factor_value / usage.kwh_per_request as grid_factor,
        usage.what,
        usage.profile_factor_id,
        usage.kwh_per_request,
        usage.gb_per_request,
        usage.network_factor_id,
        usage.kwh_per_gb
    from {{ ref('int_emissions_usage') }} as rows
    inner join {{ ref('int_usage') }} as usage
        on rows.claim_id = usage.claim_id
        and rows.period_month = usage.period_month
)

select
    factor_chain_id,
    1 as step,
    profile_factor_id as factor_id,
    case what when 'device' then kwh_per_request else gb_per_request end as value,
    case what when 'device' then 'kWh/request' else 'GB/request' end as unit
from chains
union all
select factor_chain_id, 2 as step, network_factor_id as factor_id, kwh_per_gb as value, 'kWh/GB' as unit
from chains
where what = 'network'
union all
select factor_chain_id, 3 as step, factor_id, grid_factor as value, 'kg CO2e/kWh' as unit
from chains
