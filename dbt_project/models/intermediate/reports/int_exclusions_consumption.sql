-- What runs, token usage, logs of fuel and refrigerant and bills of water and heat leave out, one row per document,
-- measure and code.
with runs as (
    select
        'runs' as check_name, document_sha256, 'run energy' as measure, 'kWh' as unit,
        coalesce(reason, 'inner_measure') as code, string_agg(distinct site_id, ', ' order by site_id) as evidence,
        count(*) as rows, fsum(kwh) as quantity
    from {{ ref('int_energy') }}
    where used_as = 'loser' and thing_id like 'run|%'
    group by document_sha256, coalesce(reason, 'inner_measure')
    union all
    select
        'runs' as check_name, document_sha256, 'run energy' as measure, 'kWh' as unit,
        reason as code, 'before or after the report' as evidence, count(*) as rows, fsum(kwh) as quantity
    from {{ ref('int_run_months') }}
    where reason = 'other_period'
    group by document_sha256, reason
    union all
    select
        'runs' as check_name, document_sha256, 'run energy' as measure, 'kWh' as unit,
        'superseded' as code, 'a later total, or the run''s own row' as evidence, 1 as rows, superseded as quantity
    from {{ ref('int_conservation_runs') }}
    where superseded > 0
    union all
    select
        'cores' as check_name, document_sha256, 'core-hours' as measure, 'core-hour' as unit, 'comparison' as code,
        'nobody''s, or of a cluster without a meter to share' as evidence, count(*) as rows, fsum(core_hours) as quantity
    from {{ ref('int_namespace_shares') }}
    where nodes is null or is_special
    group by document_sha256
),

tokens as (
    select
        case measures.measure when 'output tokens' then 'tokens' else 'volumes' end as check_name,
        usage.document_sha256,
        measures.measure,
        case measures.measure when 'requests' then 'request' else 'token' end as unit,
        case
            when usage.excluded_code in ('unknown_model', 'unknown_place', 'no_coefficient') then 'no_factor'
            else usage.excluded_code
        end as code,
        string_agg(distinct usage.claim_id, ', ' order by usage.claim_id) as evidence,
        sum(usage.rows) as rows,
        fsum(case measures.measure
            when 'output tokens' then usage.output_tokens
            when 'input tokens' then usage.input_tokens
            else usage.requests
        end) as quantity
    from {{ ref('int_token_usage') }} as usage
    cross join (values ('output tokens'), ('input tokens'), ('requests')) as measures(measure)
    where
        usage.excluded_code is not null
        and (
            (measures.measure = 'output tokens' and usage.counted_unit is null)
            or usage.excluded_code in ('other_period', 'duplicate', 'inner_measure')
        )
    group by all
    union all by name
    select
        'tokens' as check_name,
        document_sha256,
        counted_unit || 's' as measure,
        counted_unit as unit,
        case excluded_code when 'no_coefficient' then 'no_factor' else excluded_code end as code,
        string_agg(distinct claim_id, ', ' order by claim_id) as evidence,
        sum(rows) as rows,
        fsum(counted) as quantity
    from {{ ref('int_token_usage') }}
    where excluded_code is not null and counted_unit is not null
    group by all
),

logs as (
    select
        'fuel' as check_name, document_sha256, 'fuel' as measure, unit, excluded_code as code,
        string_agg(distinct equipment_id, ', ' order by equipment_id) as evidence, count(*) as rows,
        fsum(quantity) as quantity
    from {{ ref('int_fuel_months') }}
    where excluded_code is not null
    group by document_sha256, unit, excluded_code
    union all
    select
        'refrigerant' as check_name, document_sha256, 'refrigerant' as measure, 'kg' as unit, excluded_code as code,
        string_agg(distinct equipment_id, ', ' order by equipment_id) as evidence, count(*) as rows, fsum(kg) as quantity
    from {{ ref('int_refrigerant_moves') }}
    where excluded_code is not null
    group by document_sha256, excluded_code
),

left_out as (
    select * from runs
    union all by name
    select * from tokens
    union all by name
    select * from logs
    union all by name
    select * from {{ ref('int_exclusions_sites') }}
)

select left_out.*, documents.source_id, documents.delivery_id, documents.period_month
from left_out
inner join {{ ref('stg_documents') }} as documents
    on left_out.document_sha256 = documents.document_sha256
    and documents.is_current
where left_out.quantity is not null
