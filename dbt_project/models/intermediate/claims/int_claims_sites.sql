-- What happens at sites and can be claimed for in a month: meters, heat, water, fuel, leaks.
with meters as (
    select distinct
        'meter|' || site_id || '|' || meter_id as claim_id,
        period_month,
        'meter' as claim_kind,
        site_id,
        cast(null as varchar) as device_class
    from {{ ref('int_meter_months') }}
    where excluded_code is null and is_control_total
),

heat as (
    select distinct
        claim_id,
        period_month,
        'heat' as claim_kind,
        site_id,
        cast(null as varchar) as device_class
    from {{ ref('int_heat_months') }}
    where excluded_code is null
),

unmetered as (
    select
        'meter|' || site_id || '|none' as claim_id,
        period_month,
        'meter' as claim_kind,
        site_id,
        cast(null as varchar) as device_class
    from {{ ref('int_site_balance') }}
    where not is_metered and total_kwh > 0
),

-- A bill is of the whole site, an estimate of what cools its IT.
water as (
    select
        'water|' || site_id as claim_id,
        period_month,
        case estimate_id when 'water_bill' then 'water' else 'cooling' end as claim_kind,
        site_id,
        cast(null as varchar) as device_class
    from {{ ref('int_site_water') }}
),

burnt as (
    select distinct
        claim_id,
        period_month,
        'fuel' as claim_kind,
        site_id,
        cast(null as varchar) as device_class
    from {{ ref('int_fuel_months') }}
    where excluded_code is null
),

leaked as (
    select distinct
        claim_id,
        period_month,
        'refrigerant' as claim_kind,
        site_id,
        cast(null as varchar) as device_class
    from {{ ref('int_refrigerant_moves') }}
    where used_as = 'leak' and excluded_code is null
)

select * from meters
union all by name
select * from heat
union all by name
select * from unmetered
union all by name
select * from water
union all by name
select * from burnt
union all by name
select * from leaked
