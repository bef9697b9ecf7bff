-- Where a series breaks: a provider's model version changed from one month to the next, it announced a change of method, or
-- a tracker's major version changed (CodeCarbon 3 measures memory and processors otherwise than 2). The difference across a
-- break is no progress.
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
),

trackers as (
    select
        source_id,
        period_month,
        max(codecarbon_major) as major,
        lag(max(codecarbon_major)) over (partition by source_id order by period_month) as major_before
    from {{ ref('stg_codecarbon__energy') }}
    where codecarbon_major is not null and period_month in (select months.period_month from {{ ref('int_months') }} as months)
    group by source_id, period_month
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
union all
select
    period_month,
    'codecarbon' as provider,
    source_id,
    'tool_version' as kind,
    cast(null as varchar) as service,
    cast(major_before as varchar) as model_before,
    cast(major as varchar) as model_after,
    'CodeCarbon ' || major_before || ' → ' || major as description,
    'CodeCarbon ' || major_before || ' → ' || major as description_fr,
    'version in the tool''s own files' as source
from trackers
where major != major_before
