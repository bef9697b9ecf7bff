-- The steps that multiply to the factor of a row of tokens: kWh per Mtoken × PUE × grid factor, or hardware × lifetimes.
with rows as (
    select *, {{ factor_chain_id('emissions') }} as factor_chain_id
    from {{ ref('int_token_rows') }} as emissions
)

{% for factor, value, unit, step, is_hardware in [
    ('coefficient_id', 'kwh', "'kWh/Mtoken'", 1, false),
    ("'pue.tokens.' || provider || '.' || pue", 'pue', "'kWh/kWh'", 2, false),
    ('factor_id', 'base_factor', "split_part(factor_unit, '/', 1) || '/kWh'", 3, false),
    ('factor_id', 'base_factor', 'factor_unit', 1, true),
    ("'lifetime.' || hardware_months || '.' || lifetime_months", 'hardware_months / lifetime_months', "'month/month'", 2, true),
] %}
select distinct
    factor_chain_id,
    cast({{ step }} as integer) as step,
    {{ factor }} as factor_id,
    {{ value }} as value,
    {{ unit }} as unit
from rows
where (part = 'hardware') = {{ is_hardware }}
{% if not loop.last %}union all{% endif %}
{% endfor %}
