-- Tokens and requests of hosted models by project and month. A gateway's count inside a provider's own report, and answers
-- out of a gateway's cache, are counted once; what a cloud's figures cover is a volume like any other.
with counted as (
    select
        usage.period_month,
        things.project_id,
        usage.source_id,
        usage.document_sha256,
        fsum(usage.input_tokens) as input_tokens,
        fsum(usage.output_tokens) as output_tokens,
        fsum(usage.requests) as requests
    from {{ ref('int_token_usage') }} as usage
    inner join {{ ref('int_thing_months') }} as things
        on usage.thing_id = things.thing_id
        and usage.period_month = things.period_month
    where coalesce(usage.excluded_code, '-') not in ('other_period', 'duplicate', 'inner_measure')
    group by usage.period_month, things.project_id, usage.source_id, usage.document_sha256
)

{% for metric, unit in [('input_tokens', 'token'), ('output_tokens', 'token'), ('requests', 'request')] %}
select
    period_month,
    project_id,
    '{{ metric }}' as metric,
    {{ metric }} as quantity,
    '{{ unit }}' as unit,
    source_id,
    document_sha256
from counted
where {{ metric }} is not null
{% if not loop.last %}union all{% endif %}
{% endfor %}
