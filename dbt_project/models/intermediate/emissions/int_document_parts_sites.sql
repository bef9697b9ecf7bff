-- Which documents the activities of sites rest on: bills and logs, by estimate and month.
-- A bill's kWh by activity: a colocation's hall meter also holds what its operator cools with.
with meter_parts as (
    select
        uses.activity_id,
        uses.period_month,
        months.document_sha256,
        count(*) as rows,
        fsum(months.kwh * uses.billed_share) as quantity,
        any_value(uses.quantity) as activity_quantity
    from {{ ref('int_electricity_use') }} as uses
    inner join {{ ref('int_meter_months') }} as months
        on uses.claim_id = 'meter|' || months.site_id || '|' || months.meter_id
        and uses.period_month = months.period_month
    where months.excluded_code is null and months.is_control_total and uses.estimate_id = 'utility_bill'
    group by all
),

water_parts as (
    select
        concat_ws('|', 'water', site_id, 'water_bill') as activity_id,
        period_month,
        document_sha256,
        count(*) as rows,
        fsum(water_m3) as quantity
    from {{ ref('int_water_months') }}
    where excluded_code is null
    group by all
),

discharge_parts as (
    select
        concat_ws('|', 'water', site_id, 'water_bill', 'discharge') as activity_id,
        period_month,
        document_sha256,
        count(*) as rows,
        fsum(discharge_m3) as quantity
    from {{ ref('int_water_months') }}
    where excluded_code is null and discharge_m3 is not null
    group by all
),

heat_parts as (
    select
        claim_id || '|' || coalesce(supplier, '-') || '|kwh' as activity_id,
        period_month,
        document_sha256,
        count(*) as rows,
        fsum(kwh) as quantity
    from {{ ref('int_heat_months') }}
    where excluded_code is null
    group by all
),

fuel_parts as (
    select
        concat_ws('|', claim_id, use, fuel, unit) as activity_id,
        period_month,
        document_sha256,
        count(*) as rows,
        fsum(quantity) as quantity
    from {{ ref('int_fuel_months') }}
    where excluded_code is null
    group by all
),

refrigerant_parts as (
    select
        concat_ws('|', moves.claim_id, moves.refrigerant_key, substances.substance) as activity_id,
        moves.period_month,
        moves.document_sha256,
        count(*) as rows,
        fsum(moves.kg * substances.mass_fraction) as quantity
    from {{ ref('int_refrigerant_moves') }} as moves
    inner join {{ ref('int_refrigerant_substances') }} as substances
        on moves.refrigerant_key = substances.refrigerant_key
    where moves.used_as = 'leak' and moves.excluded_code is null
    group by all
)

select *, 'utility_bill' as estimate_id from meter_parts
union all by name
select *, 'utility_bill' as estimate_id from heat_parts
union all by name
select *, 'water_bill' as estimate_id from water_parts
union all by name
select *, 'water_bill' as estimate_id from discharge_parts
union all by name
select *, 'fuel_log' as estimate_id from fuel_parts
union all by name
select *, 'refrigerant_log' as estimate_id from refrigerant_parts
