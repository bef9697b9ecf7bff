-- Tokens of each document in force against where they went: output tokens in the ledger's activities, or left out with a
-- code; input tokens and requests, which carry no emissions of their own, in the volumes.
with stated as (
    select
        lines.delivery_id,
        lines.document_sha256,
        lines.delivery_month as period_month,
        cast(sum(lines.output_tokens) as double) as output_tokens,
        cast(sum(lines.input_tokens) as double) as input_tokens,
        cast(sum(lines.requests) as double) as requests
    from {{ ref('int_token_lines') }} as lines
    group by all
),

excluded as (
    select
        document_sha256,
        coalesce(fsum(output_tokens), 0) as output_tokens
    from {{ ref('int_token_usage') }}
    where excluded_code is not null
    group by document_sha256
),

left_out as (
    select
        document_sha256,
        coalesce(fsum(input_tokens), 0) as input_tokens,
        coalesce(fsum(requests), 0) as requests
    from {{ ref('int_token_usage') }}
    where excluded_code in ('other_period', 'duplicate', 'inner_measure')
    group by document_sha256
),

used as (
    select
        documents.document_sha256,
        {% for boundary in ['ai', 'outside_ai', 'outside_it', 'unattributed'] %}
        coalesce(fsum(documents.quantity * 1e6 * shares.share) filter (where shares.boundary = '{{ boundary }}'), 0)
        as {{ boundary }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('bridge_emission_documents') }} as documents
    inner join {{ ref('fct_emissions') }} as emissions
        on documents.emission_id = emissions.emission_id
    inner join {{ ref('fct_allocation') }} as shares
        on emissions.claim_id = shares.claim_id
        and emissions.period_month = shares.period_month
    where
        emissions.estimate_id = 'ecologits'
        and emissions.is_reported
        and emissions.part = 'electricity'
        and emissions.accounting_basis = 'location'
        and emissions.indicator = 'gwp'
    group by documents.document_sha256
),

volumes as (
    select
        document_sha256,
        coalesce(fsum(quantity) filter (where metric = 'input_tokens'), 0) as input_tokens,
        coalesce(fsum(quantity) filter (where metric = 'requests'), 0) as requests
    from {{ ref('fct_volumes') }}
    group by document_sha256
)

select
    'tokens' as check_name,
    stated.delivery_id,
    stated.document_sha256,
    stated.period_month,
    'output tokens' as measure,
    'token' as unit,
    stated.output_tokens as stated,
    coalesce(used.ai, 0) as ai,
    coalesce(used.outside_ai, 0) as outside_ai,
    coalesce(used.outside_it, 0) as outside_it,
    coalesce(used.unattributed, 0) as unattributed,
    0.0 as key_only,
    coalesce(excluded.output_tokens, 0) as excluded,
    1e-9 * greatest(stated.output_tokens, 1) as tolerance
from stated
left join used
    on stated.document_sha256 = used.document_sha256
left join excluded
    on stated.document_sha256 = excluded.document_sha256
{% for measure, words, unit in [('input_tokens', 'input tokens', 'token'), ('requests', 'requests', 'request')] %}
union all by name
select
    'volumes' as check_name,
    stated.delivery_id,
    stated.document_sha256,
    stated.period_month,
    '{{ words }}' as measure,
    '{{ unit }}' as unit,
    stated.{{ measure }} as stated,
    coalesce(volumes.{{ measure }}, 0) as key_only,
    coalesce(left_out.{{ measure }}, 0) as excluded,
    1e-9 * greatest(stated.{{ measure }}, 1) as tolerance
from stated
left join volumes
    on stated.document_sha256 = volumes.document_sha256
left join left_out
    on stated.document_sha256 = left_out.document_sha256
where stated.{{ measure }} is not null
{% endfor %}
