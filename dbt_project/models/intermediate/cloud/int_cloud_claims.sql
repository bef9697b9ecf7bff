-- Each claim and month with billed usage, and what becomes of the usage: `stated` (the statement is the total, and
-- parts it leaves out are filled), `preliminary` (its statement is missing this month), `estimate` (no statement of
-- that account at all), `gap_fill` (the statement is there and leaves an AI service or an uncovered one out),
-- `covered_by` (absent but covered: inside another of the provider's figures).
with usage as (
    select
        claim_id,
        period_month,
        provider,
        statement_group,
        min(account) as account,
        min(region) as region,
        case when count(distinct service) = 1 then min(service) else min(statement_service) end as service,
        bool_or(coalesce(is_ai, false)) as is_ai,
        bool_and(coalesce(is_left_out, false)) as is_left_out,
        count(*) as usage_rows,
        bool_and(kwh is not null and grid_zone is not null) as has_hardware,
        coalesce(fsum(list_cost), 0) as list_cost
    from {{ ref('int_cloud_usage') }}
    group by claim_id, period_month, provider, statement_group
),

groups as (
    select
        provider,
        statement_group,
        period_month,
        bool_and(is_missing) as is_missing
    from {{ ref('int_cloud_statements') }}
    group by provider, statement_group, period_month
)

select
    usage.* exclude (statement_group),
    case
        when statements.is_stated then 'stated'
        when groups.provider is null then 'estimate'
        when usage.is_left_out then 'gap_fill'
        when groups.is_missing then 'preliminary'
        when usage.is_ai then 'gap_fill'
        else 'covered_by'
    end as treatment
from usage
left join {{ ref('int_cloud_statements') }} as statements
    on usage.claim_id = statements.claim_id
    and usage.period_month = statements.period_month
left join groups
    on usage.provider = groups.provider
    and usage.statement_group = groups.statement_group
    and usage.period_month = groups.period_month
