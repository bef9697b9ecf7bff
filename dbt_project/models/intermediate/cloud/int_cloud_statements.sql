-- Every claim that a provider's statement ever made, in every month: stated, missing with the whole statement of its
-- account group (not out yet, access denied), or absent from a statement that is there.
with lines as (
    select distinct
        provider,
        {{ statement_group('provider', "split_part(claim_id, '|', 2)", 'sub_account') }} as statement_group,
        claim_id,
        period_month
    from {{ ref('int_statement_lines') }}
    where is_current and not is_total and indicator = 'gwp'
),

claims as (
    select distinct provider, statement_group, claim_id from lines
),

group_months as (
    select distinct provider, statement_group, period_month from lines
)

select
    claims.*,
    months.period_month,
    lines.claim_id is not null as is_stated,
    group_months.provider is null as is_missing
from claims
cross join {{ ref('int_months') }} as months
left join lines
    on claims.claim_id = lines.claim_id
    and months.period_month = lines.period_month
left join group_months
    on claims.provider = group_months.provider
    and claims.statement_group = group_months.statement_group
    and months.period_month = group_months.period_month
