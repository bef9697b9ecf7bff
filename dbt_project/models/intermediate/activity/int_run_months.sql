-- Energy that runs tell of themselves, per run, part and month, and why a reading is none of its own: a second reading of
-- one node at one time, a nested run inside its parent, a provider's machine, a month outside the build.
with tracked as (
    {% for component in ['gpu', 'cpu', 'ram'] %}
    select
        source_id, delivery_id, document_sha256, site_id, period_month, run_key, cloud_provider,
        lower(split_part(node, '.', 1)) as node,
        '{{ component }}' as component,
        {{ component }}_tier as tier,
        cast(null as varchar) as reason,
        {{ component }}_kwh as kwh
    from {{ ref('stg_codecarbon__energy') }}
    union all by name
    {% endfor %}
    select
        source_id, delivery_id, document_sha256, site_id, period_month, run_key, cloud_provider,
        lower(split_part(node, '.', 1)) as node,
        'run' as component,
        'a_posteriori' as tier,
        'duplicate' as reason,
        duplicate_kwh as kwh
    from {{ ref('stg_codecarbon__energy') }}
),

-- A run without an end stays in the month in which it began: it may never end.
logged as (
    select
        source_id, delivery_id, document_sha256, site_id, is_counted, energy_kwh,
        'run' as component,
        concat_ws('|', request, run_id) as run_key,
        coalesce(started_at, delivery_month) as since_at,
        greatest(ended_at, since_at + interval '1' microsecond) as until_at
    from {{ ref('stg_mlflow__runs') }}
    where is_newest and energy_kwh > 0
    union all
    select
        source_id, delivery_id, document_sha256, site_id, true as is_counted, kwh as energy_kwh,
        'gpu' as component,
        concat_ws('|', request, run_id) as run_key,
        started_at as since_at,
        ended_at as until_at
    from {{ ref('int_run_estimates') }}
),

logged_months as (
    select
        source_id, delivery_id, document_sha256, site_id, run_key,
        cast(month.month_start as date) as period_month,
        component,
        'a_posteriori' as tier,
        case when not is_counted then 'inner_measure' end as reason,
        energy_kwh * date_diff(
            'microsecond', greatest(since_at, month.month_start), least(until_at, month.month_start + interval '1' month)
        ) / date_diff('microsecond', since_at, until_at) as kwh
    from logged
    cross join unnest(generate_series(
        date_trunc('month', since_at), until_at - interval '1' microsecond, interval '1' month
    )) as month(month_start)
),

runs as (
    select * from tracked
    union all by name
    select * from logged_months
)

select
    source_id,
    delivery_id,
    document_sha256,
    site_id,
    node,
    run_key,
    concat_ws('|', 'run', source_id, run_key) as thing_id,
    period_month,
    component,
    tier,
    case
        when period_month not in (select months.period_month from {{ ref('int_months') }} as months) then 'other_period'
        when reason is not null then reason
        when site_id is null or cloud_provider is not null then 'covered_by'
    end as reason,
    fsum(kwh) as kwh
from runs
where kwh > 0
group by all
