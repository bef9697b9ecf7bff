-- What was done for users, by project, month and metric: one line of this list per source of volumes.
{% set sources = [
    'int_token_volumes',
] %}
{% for source in sources %}
select period_month, project_id, metric, quantity, unit, source_id, document_sha256
from {{ ref(source) }}
{% if not loop.last %}union all{% endif %}
{% endfor %}
