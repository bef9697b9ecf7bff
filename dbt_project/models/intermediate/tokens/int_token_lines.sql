-- Token usage of every source in one shape: one line of this list per source. A provider has one name, whatever a gateway
-- calls it.
{% set sources = [
    'stg_openai_usage__lines',
    'stg_anthropic_usage__lines',
    'stg_azure_openai__lines',
    'stg_token_usage__lines',
    'stg_litellm_usage__lines',
] %}
with lines as (
    {% for source in sources %}
    select * from {{ ref(source) }}
    {% if not loop.last %}union all by name{% endif %}
    {% endfor %}
)

select
    lines.*,
    coalesce(providers.canonical, lines.named_provider) as provider,
    'tokens|' || {{ business_key(['coalesce(providers.canonical, lines.named_provider)', 'lines.source_id', 'lines.account',
                                  'lower(lines.model)', 'lines.service', 'lines.project', 'lines.tags']) }} as thing_id
from lines
left join {{ ref('token_providers') }} as providers
    on lines.named_provider = providers.provider
