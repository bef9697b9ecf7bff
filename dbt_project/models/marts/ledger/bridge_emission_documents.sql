-- Which documents a ledger row rests on, with the rows and the quantity taken from each.
with statement_parts as (
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

meter_parts as (
    select
        'meter|' || site_id || '|' || meter_id || '|kwh' as activity_id,
        period_month,
        document_sha256,
        count(*) as rows,
        fsum(kwh) as quantity
    from {{ ref('int_meter_months') }}
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

parts as (
    select *, 'utility_bill' as estimate_id from meter_parts
    union all by name
    select *, 'footing.harmonised' as estimate_id from usage_parts
    union all by name
    select statement_parts.*, rows.estimate_id
    from statement_parts
    inner join (select distinct activity_id, estimate_id from {{ ref('fct_emissions') }}) as rows
        on statement_parts.activity_id = rows.activity_id
),

hardware_parts as (
    select
        emission_id,
        document_sha256,
        cast(quantity as bigint) as rows,
        quantity
    from {{ ref('fct_emissions') }}
    where part = 'hardware' and document_sha256 is not null and activity_type not in ('provider_statement', 'cloud_usage')
)

select
    emissions.emission_id,
    parts.document_sha256,
    cast(parts.rows as bigint) as rows,
    cast(parts.quantity as double) as quantity
from {{ ref('fct_emissions') }} as emissions
inner join parts
    on emissions.activity_id = parts.activity_id
    and emissions.period_month = parts.period_month
    and emissions.estimate_id = parts.estimate_id
union all
select * from hardware_parts
