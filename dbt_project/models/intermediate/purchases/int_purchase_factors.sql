-- The steps between an invoice's currency and the factor's dollars, as the ledger names them.
with used as (
    select distinct currency, year(period_month) as year, price_index_year, usd_per_unit, deflator
    from {{ ref('int_purchases') }}
    where excluded_code is null
),

steps as (
    select
        concat_ws('.', 'fx', used.currency, 'USD', used.year) as factor_id,
        'US dollars for one ' || used.currency || ', mean of ' || used.year as name,
        make_date(used.year, 1, 1) as valid_from,
        min(used.usd_per_unit) as value,
        'USD/' || used.currency as unit,
        min(rates.source) as source,
        min(rates.licence) as licence
    from used
    inner join {{ ref('currency_rates') }} as rates
        on used.currency = rates.currency
        and used.year = rates.year
    group by used.currency, used.year
    union all by name
    select
        'prices.USD.' || used.price_index_year as factor_id,
        'Dollars of 2022 for one of ' || used.price_index_year as name,
        make_date(min(used.price_index_year), 1, 1) as valid_from,
        min(used.deflator) as value,
        'USD/USD' as unit,
        min(prices.source) as source,
        min(prices.licence) as licence
    from used
    inner join {{ ref('price_index') }} as prices
        on used.price_index_year = prices.year
    group by used.price_index_year
)

select
    *,
    'Footing' as publisher,
    'any' as geography,
    'upstream' as factor_boundary,
    'co2e' as gases,
    'unknown' as gwp_set,
    'both' as accounting_basis,
    'money' as indicator,
    'exact' as uncertainty_profile
from steps
