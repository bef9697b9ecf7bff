-- For how long of a Slurm job's estimated part, node by node, CodeCarbon's runs were tracked there: each second once.
with runs as (
    {% for part in ['gpu', 'cpu', 'ram'] %}
    select site_id, lower(split_part(node, '.', 1)) as node, '{{ part }}' as component, started_at, ended_at
    from {{ ref('stg_codecarbon__runs') }}
    where is_newest and cloud_provider is null and {{ part }}_kwh > 0
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

tracked as (
    select
        parts.document_sha256,
        parts.document_row,
        parts.period_month,
        parts.node,
        parts.component,
        greatest(runs.started_at, parts.since_at) as tracked_at,
        least(runs.ended_at, parts.until_at) as ended_at
    from {{ ref('int_job_months') }} as parts
    inner join runs
        on parts.site_id = runs.site_id
        and parts.node = runs.node
        and parts.component = runs.component
        and parts.since_at < runs.ended_at
        and parts.until_at > runs.started_at
    where parts.tier = 'a_posteriori'
),

ordered as (
    select
        *,
        max(ended_at) over (
            partition by document_sha256, document_row, period_month, node, component
            order by tracked_at, ended_at
            rows between unbounded preceding and 1 preceding
        ) as ended_before
    from tracked
)

select
    document_sha256,
    document_row,
    period_month,
    node,
    component,
    fsum(
        greatest(0, date_diff('microsecond', greatest(tracked_at, coalesce(ended_before, tracked_at)), ended_at))
    ) / 1e6 as seconds
from ordered
group by document_sha256, document_row, period_month, node, component
