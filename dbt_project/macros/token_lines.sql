{#- Rows of token usage of one connector, with the delivery they came in: the same for every source. A row counts in the month
    of its day; one of another month than its delivery's is left out, since that month's own delivery brings it. -#}
{% macro token_lines(connector, is_gateway) %}
select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    typed.document_row,
    documents.retrieved_at,
    documents.request,
    documents.period_month as delivery_month,
    '{{ connector }}' as connector,
    {{ is_gateway }} as is_gateway,
    cast(date_trunc('month', typed.day) as date) as period_month,
    lower(typed.provider) as named_provider,
    typed.model,
    typed.service,
    coalesce(typed.account, documents.request) as account,
    typed.project,
    typed.tags,
    typed.input_tokens,
    typed.cached_input_tokens,
    typed.output_tokens,
    typed.requests,
    typed.is_repeat,
    typed.counted,
    typed.counted_unit,
    sources.cadence = 'monthly' and date_trunc('month', typed.day) != documents.period_month as is_other_period
from {{ source('tokens', connector) }} as typed
inner join {{ ref('stg_documents') }} as documents
    on typed.doc_key = documents.doc_key
    and documents.connector = '{{ connector }}'
inner join {{ ref('stg_config__sources') }} as sources
    on documents.source_id = sources.source_id
where documents.is_current
{% endmacro %}
