-- Which documents a ledger row rests on, with the rows and the quantity taken from each.
with asset_parts as (
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
inner join {{ ref('int_document_parts') }} as parts
    on emissions.activity_id = parts.activity_id
    and emissions.period_month = parts.period_month
    and emissions.estimate_id = parts.estimate_id
union all
select emission_id, document_sha256, cast(rows as bigint) as rows, quantity from asset_parts
union all
select * from order_parts
union all
select * from spend_parts
