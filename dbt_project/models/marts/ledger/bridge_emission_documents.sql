-- Which documents a ledger row rests on, with the rows and the quantity taken from each.
with token_parts as (
    select
        claim_id || '|output' as activity_id,
        period_month,
        document_sha256,
        sum(rows) as rows,
        fsum(output_mtoken) as quantity
    from {{ ref('int_token_usage') }}
    where excluded_code is null or (excluded_code = 'covered_by' and not is_own)
    group by all
),

statement_parts as (
    select
        claim_id || '|' || measure as activity_id,
        period_month,
        document_sha256,
        count(*) as rows,
        fsum(amount) as quantity
    from {{ ref('int_statement_lines') }}
    where is_current and is_in_window and not is_total
    group by all
),

-- A bill's kWh by activity: a colocation's hall meter also holds what its operator cools with.
meter_parts as (
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

usage_parts as (
    select
        concat_ws('|', claim_id, hardware_id, grid_zone) as activity_id,
        period_month,
        document_sha256,
        count(*) as rows,
        fsum(usage_quantity) as quantity
    from {{ ref('int_cloud_usage') }}
    where kwh is not null and grid_zone is not null
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
),

parts as (
    select *, 'utility_bill' as estimate_id from meter_parts
    union all by name
    select *, 'fuel_log' as estimate_id from fuel_parts
    union all by name
    select *, 'refrigerant_log' as estimate_id from refrigerant_parts
    union all by name
    select *, 'water_bill' as estimate_id from water_parts
    union all by name
    select *, 'footing.harmonised' as estimate_id from usage_parts
    union all by name
    select *, 'ecologits' as estimate_id from token_parts
    union all by name
    select statement_parts.*, rows.estimate_id
    from statement_parts
    inner join (select distinct activity_id, estimate_id from {{ ref('fct_emissions') }}) as rows
        on statement_parts.activity_id = rows.activity_id
),

asset_parts as (
    select
        emissions.emission_id,
        cohorts.document_sha256,
        sum(cohorts.register_lines) as rows,
        fsum(cohorts.quantity) as quantity
    from {{ ref('int_hardware_cohorts') }} as cohorts
    inner join {{ ref('fct_emissions') }} as emissions
        on cohorts.activity_id = emissions.activity_id
        and cohorts.period_month = emissions.period_month
        and cohorts.lca_stage = emissions.lca_stage
        and cohorts.indicator = emissions.indicator
    group by emissions.emission_id, cohorts.document_sha256
),

order_parts as (
    select
        emission_id,
        document_sha256,
        cast(abs(quantity) as bigint) as rows,
        quantity
    from {{ ref('fct_emissions') }}
    where activity_type in ('purchase', 'return', 'lease') and document_sha256 is not null
),

spend_parts as (
    select
        emission_id,
        document_sha256,
        1 as rows,
        quantity
    from {{ ref('fct_emissions') }}
    where activity_type = 'spend'
)

select
    emissions.emission_id,
    parts.document_sha256,
    cast(parts.rows as bigint) as rows,
    -- Instruments cut an activity's quantity into several rows.
    cast(parts.quantity * coalesce(emissions.quantity / nullif(parts.activity_quantity, 0), 1) as double) as quantity
from {{ ref('fct_emissions') }} as emissions
inner join parts
    on emissions.activity_id = parts.activity_id
    and emissions.period_month = parts.period_month
    and emissions.estimate_id = parts.estimate_id
union all
select emission_id, document_sha256, cast(rows as bigint) as rows, quantity from asset_parts
union all
select * from order_parts
union all
select * from spend_parts
