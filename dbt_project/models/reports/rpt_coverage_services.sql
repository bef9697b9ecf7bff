-- Billed services by month: known to the taxonomy or not (then someone should classify them), covered by the
-- provider's statement or not, and what was done with their usage.
with coverage as (
    select
        provider,
        statement_service,
        service,
        period_month,
        case
            when bool_and(coverage = 'not') then 'not'
            when bool_and(coverage = 'covered') then 'covered'
            else 'partly'
        end as coverage
    from {{ ref('int_cloud_coverage') }}
    group by provider, statement_service, service, period_month
)

select
    usage.period_month,
    usage.provider,
    usage.service,
    usage.service_group,
    bool_and(usage.is_classified) as is_classified,
    bool_or(usage.is_ai) as is_ai,
    max(coverage.coverage) as statement_coverage,
    string_agg(distinct claims.treatment, ', ' order by claims.treatment) as treatment,
    bool_and(usage.kwh is not null and usage.grid_zone is not null) as has_hardware,
    count(*) as usage_rows,
    cast(fsum(usage.list_cost) as double) as list_cost_eur,
    case
        when not bool_and(usage.is_classified) then 'add a rule to seeds/service_taxonomy.csv (docs/cloud-estimates.md)'
    end as remedy
from {{ ref('int_cloud_usage') }} as usage
inner join {{ ref('int_cloud_claims') }} as claims
    on usage.claim_id = claims.claim_id
    and usage.period_month = claims.period_month
left join coverage
    on usage.provider = coverage.provider
    and usage.statement_service is not distinct from coverage.statement_service
    and usage.service is not distinct from coverage.service
    and usage.period_month = coverage.period_month
group by usage.period_month, usage.provider, usage.service, usage.service_group
