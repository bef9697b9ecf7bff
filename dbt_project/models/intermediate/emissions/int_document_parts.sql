-- Which documents an activity rests on, with the rows and the quantity taken from each, by estimate and month.
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

request_parts as (
    select
        usage.claim_id || '|requests' as activity_id,
        usage.period_month,
        volumes.document_sha256,
        count(*) as rows,
        fsum(volumes.quantity * usage.request_share) as quantity
    from {{ ref('int_usage') }} as usage
    inner join {{ ref('int_volumes') }} as volumes
        on usage.source_id = volumes.source_id
        and usage.project_id = volumes.project_id
        and usage.period_month = volumes.period_month
        and volumes.metric = 'requests'
    group by all
),

parts as (
    select *, 'footing.usage' as estimate_id from request_parts
    union all by name
    select * from {{ ref('int_document_parts_sites') }}
    union all by name
    select *, 'footing.harmonised' as estimate_id from usage_parts
    union all by name
    select *, 'ecologits' as estimate_id from token_parts
    union all by name
    select statement_parts.*, rows.estimate_id
    from statement_parts
    inner join (select distinct activity_id, estimate_id from {{ ref('fct_emissions') }}) as rows
        on statement_parts.activity_id = rows.activity_id
)

select * from parts
