-- Water that a site takes in: as billed, else what cools its IT by the configured litres per kWh. A month with a bill
-- needs no estimate.
with billed as (
    select
        site_id,
        period_month,
        'water_bill' as estimate_id,
        max(source_id) as source_id,
        max(delivery_id) as delivery_id,
        case when count(distinct document_sha256) = 1 then min(document_sha256) end as document_sha256,
        case when count(*) = 1 then min(document_row) end as document_row,
        max(retrieved_at) as retrieved_at,
        min(meter_id) as resource_id,
        min(supplier) as provider,
        fsum(water_m3) as quantity,
        'm3' as unit,
        fsum(discharge_m3) as discharge_m3,
        'unit.m3' as factor_id,
        1000.0 as factor_value,
        'meter_water' as uncertainty_profile
    from {{ ref('int_water_months') }}
    where excluded_code is null
    group by site_id, period_month
),

parameters as (
    select
        months.period_month,
        parameters.site_id,
        parameters.valid_from,
        parameters.wue_l_per_kwh
    from {{ ref('stg_config__site_parameters') }} as parameters
    inner join {{ ref('int_months') }} as months
        on months.period_month >= parameters.valid_from
    qualify row_number() over (
        partition by months.period_month, parameters.site_id order by parameters.valid_from desc
    ) = 1
),

estimated as (
    select
        balance.site_id,
        balance.period_month,
        'wue' as estimate_id,
        'config' as source_id,
        balance.it_kwh as quantity,
        'kWh' as unit,
        'wue.site.' || balance.site_id || '.' || parameters.wue_l_per_kwh as factor_id,
        parameters.wue_l_per_kwh as factor_value,
        'site_wue' as uncertainty_profile
    from {{ ref('int_site_balance') }} as balance
    inner join parameters
        on balance.site_id = parameters.site_id
        and balance.period_month = parameters.period_month
    left join billed
        on balance.site_id = billed.site_id
        and balance.period_month = billed.period_month
    where parameters.wue_l_per_kwh is not null and balance.it_kwh > 0 and billed.site_id is null
)

select * from billed
union all by name
select * from estimated
