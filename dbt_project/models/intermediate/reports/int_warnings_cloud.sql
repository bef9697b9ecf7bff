-- What a reader should know about figures of clouds, one line per subject and month.
select
    'unclassified_service' as code,
    'warning' as severity,
    period_month,
    provider || '/' || service as subject,
    'Unknown to the taxonomy: ' || usage_rows || ' charges of ' || round(list_cost_eur) || ' EUR list cost; '
    || remedy as text
from {{ ref('rpt_coverage_services') }}
where not is_classified
union all
select
    'usage_covered_elsewhere' as code,
    'warning' as severity,
    period_month,
    claim_id as subject,
    'Billed (' || round(list_cost) || ' EUR) but without a line in the statement that covers it: taken as inside it, nothing added'
    as text
from {{ ref('int_cloud_claims') }}
where treatment = 'covered_by'
union all
select
    'last_known_key' as code,
    'warning' as severity,
    period_month,
    split_part(claim_id, '|', 1) || '|' || split_part(claim_id, '|', 2) as subject,
    'No bill for ' || count(distinct claim_id) || ' claims: split as in the last month that has one' as text
from {{ ref('fct_allocation') }}
where allocation_key = 'last_known'
group by period_month, split_part(claim_id, '|', 1), split_part(claim_id, '|', 2)
union all
select
    'statement_missing' as code,
    'warning' as severity,
    period_month,
    provider || '/' || account as subject,
    'No statement for ' || count(*) || ' claims with billed usage: estimated from the bill until it comes' as text
from {{ ref('int_cloud_claims') }}
where treatment in ('preliminary', 'estimate')
group by period_month, provider, account
union all
select
    'gap_fill' as code,
    'warning' as severity,
    emissions.period_month,
    emissions.provider || '/' || emissions.service as subject,
    round(fsum(emissions.amount), 1) || ' kg (location) estimated for usage that the statement leaves out' as text
from {{ ref('fct_emissions') }} as emissions
where
    emissions.is_reported
    and emissions.gap_fill
    and emissions.indicator = 'gwp'
    and emissions.estimate_id = 'footing.harmonised'
    and emissions.accounting_basis in ('location', 'both')
group by emissions.period_month, emissions.provider, emissions.service
union all
select
    'usage_not_estimated' as code,
    'warning' as severity,
    usage.period_month,
    usage.provider || '/' || usage.service as subject,
    count(*) || ' charges without known hardware and without list cost: nothing could be estimated' as text
from {{ ref('int_cloud_usage') }} as usage
inner join {{ ref('int_cloud_claims') }} as claims
    on usage.claim_id = claims.claim_id
    and usage.period_month = claims.period_month
    and claims.treatment not in ('stated', 'covered_by')
where (usage.kwh is null or usage.grid_zone is null) and usage.list_cost is null
group by usage.period_month, usage.provider, usage.service
