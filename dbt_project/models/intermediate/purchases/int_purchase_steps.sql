-- The multiplications behind a purchase's factor: exchange rate × price index × spend factor.
with chains as (
    select distinct
        {{ factor_chain_id('rows') }} as factor_chain_id,
        purchases.currency,
        year(purchases.period_month) as year,
        purchases.price_index_year,
        purchases.usd_per_unit,
        purchases.deflator,
        purchases.factor_id,
        purchases.factor_per_usd,
        purchases.price_year
    from {{ ref('int_emissions_purchases') }} as rows
    inner join {{ ref('int_purchases') }} as purchases
        on rows.claim_id = purchases.claim_id
        and purchases.excluded_code is null
)

{% for factor, value, unit in [
    ("concat_ws('.', 'fx', currency, 'USD', year)", 'usd_per_unit', "'USD/' || currency"),
    ("'prices.USD.' || price_index_year", 'deflator', "'USD/USD'"),
    ('factor_id', 'factor_per_usd', "'kg CO2e/USD ' || price_year"),
] %}
select
    factor_chain_id,
    {{ loop.index }} as step,
    {{ factor }} as factor_id,
    {{ value }} as value,
    {{ unit }} as unit
from chains
{% if not loop.last %}union all{% endif %}
{% endfor %}
