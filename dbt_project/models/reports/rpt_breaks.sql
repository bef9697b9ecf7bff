-- Where a provider's series breaks: its model version changed from one month to the next, or it announced a change of
-- method. The difference across a break is no progress.
with models as (
    select
        source_id,
        provider,
        period_month,
        arg_max(model_version, model_order) as model_version
    from {{ ref('int_statement_lines') }}
    where is_current and is_in_window and not is_total
    group by source_id, provider, period_month
),

changes as (
    select
        *,
        lag(model_version) over (partition by source_id order by period_month) as model_before
    from models
)

select
    period_month,
    provider,
    source_id,
    'model_version' as kind,
    cast(null as varchar) as service,
    model_before,
    model_version as model_after,
    'Model ' || model_before || ' → ' || model_version as description,
    'Modèle ' || model_before || ' → ' || model_version as description_fr,
    'model version in the provider''s own data' as source
from changes
where model_before != model_version
union all
select
    breaks.period_month,
    breaks.provider,
    services.source_id,
    'announced' as kind,
    services.service,
    cast(null as varchar) as model_before,
    cast(null as varchar) as model_after,
    breaks.description,
    breaks.description_fr,
    breaks.source
from {{ ref('series_breaks') }} as breaks
inner join (
    select distinct source_id, provider, service from {{ ref('int_statement_lines') }} where is_current and is_in_window
) as services
    on breaks.provider = services.provider
    and regexp_full_match(services.service, breaks.service_pattern)
where breaks.period_month in (select months.period_month from {{ ref('int_months') }} as months)
