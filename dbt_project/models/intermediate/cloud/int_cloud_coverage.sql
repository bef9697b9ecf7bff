-- What the provider's statement covers of each billed service in each month, part by part: of all rows that match
-- service, model version and month the worst counts; no row means not covered. Where a row of the organization's own
-- matches, the shipped table is silent.
with models as (
    select provider, period_month, arg_max(model_version, model_order) as model_version
    from {{ ref('int_statement_lines') }}
    where is_current
    group by provider, period_month
),

services as (
    select distinct provider, statement_service, service, period_month
    from {{ ref('int_cloud_charges') }}
),

-- A month without a statement is read with the newest model before it, else with the first one known.
dated as (
    select
        services.*,
        coalesce(
            arg_max(models.model_version, models.period_month) filter (where models.period_month <= services.period_month),
            arg_min(models.model_version, models.period_month)
        ) as model_version
    from services
    left join models
        on services.provider = models.provider
    group by services.provider, services.statement_service, services.service, services.period_month
),

knowledge as (
    select *, true as is_own from {{ ref('stg_config__statement_coverage') }}
    union all by name
    select *, false as is_own from {{ ref('statement_coverage') }}
),

matches as (
    select
        dated.*,
        parts.part,
        coverage.coverage
    from dated
    cross join unnest({{ harmonised_parts() }}) as parts(part)
    left join knowledge as coverage
        on dated.provider = coverage.provider
        and coverage.part in (parts.part, '*')
        and coverage.statement_service in (dated.statement_service, '*')
        and regexp_full_match(coalesce(dated.service, '-'), coverage.service_pattern)
        and (
            coverage.model_from is null
            or {{ version_numbers('dated.model_version') }} >= {{ version_numbers('coverage.model_from') }}
        )
        and (
            coverage.model_to is null
            or {{ version_numbers('dated.model_version') }} <= {{ version_numbers('coverage.model_to') }}
        )
        and dated.period_month >= coalesce(coverage.valid_from, date '1900-01-01')
        and dated.period_month <= coalesce(coverage.valid_to, date '9999-12-31')
    qualify
        coverage.is_own is not distinct from bool_or(coverage.is_own) over (
            partition by dated.provider, dated.statement_service, dated.service, dated.period_month, parts.part
        )
)

select
    provider,
    statement_service,
    service,
    period_month,
    any_value(model_version) as model_version,
    part,
    case max(case coverage when 'covered' then 1 when 'partly' then 2 when 'not' then 3 else 0 end)
        when 1 then 'covered'
        when 2 then 'partly'
        else 'not'
    end as coverage
from matches
group by provider, statement_service, service, period_month, part
