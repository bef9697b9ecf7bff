-- The steps that multiply to a row's factor value: one for most; for billed cloud usage the kWh per billed unit, the
-- place's PUE and the grid's factor, or what takes their place for other indicators.
with cloud_chains as (
    select distinct
        {{ factor_chain_id('fills') }} as factor_chain_id,
        fills.hardware_id,
        fills.unit,
        fills.kwh_per_unit,
        fills.provider,
        fills.pue,
        fills.factor_id,
        fills.grid_factor
    from (select *, concat_ws('|', hardware_id, pue) as chain_key from {{ ref('int_cloud_fills') }}) as fills
    where fills.grid_factor is not null and fills.quantity > 0
),

indicator_chains as (
    select distinct
        {{ factor_chain_id('rows') }} as factor_chain_id,
        unnest(generate_series(1, len(rows.steps))) as step,
        unnest(rows.steps) as link
    from {{ ref('int_cloud_indicators') }} as rows
)

select distinct
    factor_chain_id,
    cast(1 as integer) as step,
    factor_id,
    factor_value as value,
    factor_unit as unit
from {{ ref('fct_emissions') }}
where
    factor_chain_id not in (select cloud_chains.factor_chain_id from cloud_chains)
    and factor_chain_id not in (select indicator_chains.factor_chain_id from indicator_chains)
union all
select
    factor_chain_id,
    cast(step as integer) as step,
    link.factor_id,
    link.value,
    link.unit
from indicator_chains
{% for factor, value, unit in [
    ('hardware_id', 'kwh_per_unit', "'kWh/' || unit"),
    ("'pue.' || provider || '.' || pue", 'pue', "'kWh/kWh'"),
    ('factor_id', 'grid_factor', "'kg CO2e/kWh'"),
] %}
union all
select
    factor_chain_id,
    cast({{ loop.index }} as integer) as step,
    {{ factor }} as factor_id,
    {{ value }} as value,
    {{ unit }} as unit
from cloud_chains
{% endfor %}
