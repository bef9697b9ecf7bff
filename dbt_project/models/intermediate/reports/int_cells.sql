-- Every level's cells by month, still per ledger row, so that bounds can be formed: what a cell holds of each row.
{% set levels = {
    'total': [],
    'scope': ['scope'],
    'category': ['scope', 'ghg_category'],
    'phase': ['lifecycle_phase'],
    'project': ['project_id'],
    'project_phase': ['project_id', 'lifecycle_phase'],
    'source': ['source_id'],
    'site': ['site_id'],
} %}
{% set dims = {
    'scope': 'tinyint', 'ghg_category': 'varchar', 'lifecycle_phase': 'varchar', 'project_id': 'varchar',
    'source_id': 'varchar', 'site_id': 'varchar',
} %}
{% for level, kept in levels.items() %}
select
    '{{ level }}' as level,
    {% for dim, type in dims.items() %}
    {% if dim in kept %}{{ dim }}{% else %}cast(null as {{ type }}){% endif %} as {{ dim }},
    {% endfor %}
    total,
    basis,
    policy,
    indicator,
    period_month,
    data_status,
    claim_id,
    emission_id,
    tier,
    uncertainty_profile,
    any_value(key_rel) as key_rel,
    any_value(emission_amount) as emission_amount,
    fsum(share) as share,
    fsum(amount) as amount
from {{ ref('int_official') }}
group by all
{% if not loop.last %}union all{% endif %}
{% endfor %}
