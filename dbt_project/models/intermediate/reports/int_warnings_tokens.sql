-- What a reader should know about figures of hosted models, one line per model and month.
select
    status as code,
    'warning' as severity,
    period_month,
    provider || '/' || model as subject,
    printf('%.3f', sum(output_tokens) / 1e6) || ' million output tokens count nothing: ' || min(remedy) as text
from {{ ref('rpt_coverage_models') }}
where status in ('unknown_model', 'unknown_place')
group by status, period_month, provider, model
union all
select
    'tokens_of_other_month' as code,
    'warning' as severity,
    period_month,
    source_id || '/' || account as subject,
    printf('%.3f', sum(output_tokens) / 1e6) || ' million output tokens left out: ' || min(remedy) as text
from {{ ref('rpt_coverage_models') }}
where status = 'other_period'
group by period_month, source_id, account
union all
select
    'tokens_covered_by_cloud' as code,
    'warning' as severity,
    period_month,
    provider || '/' || account as subject,
    printf('%.3f', sum(output_tokens) / 1e6) || ' million output tokens stand in a cloud''s figures and are a comparison alone: '
    || min(covered_by) as text
from {{ ref('rpt_coverage_models') }}
where status = 'covered_by' and starts_with(covered_by, 'held by ')
group by period_month, provider, account
union all
select distinct
    'tokens_instead_of_spend' as code,
    'warning' as severity,
    pairs.period_month,
    pairs.claim_id as subject,
    'Billed and estimated by tokens: the estimate by spend is left out' as text
from {{ ref('int_claim_overlaps') }} as pairs
where pairs.decided_code is not null and not starts_with(pairs.claim_id, 'tokens|')
