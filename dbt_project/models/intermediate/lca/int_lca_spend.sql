-- The weakest stand-in: price of the piece, in dollars of the factor's price year, times the sector's factor. A year
-- outside the tables of rates and prices takes the nearest in them.
with years as (
    select
        min(year) as first_year,
        max(year) as last_year
    from {{ ref('price_index') }}
),

rate_years as (
    select
        min(year) as first_year,
        max(year) as last_year
    from {{ ref('currency_rates') }}
),

priced as (
    select
        assets.asset_id,
        assets.device_class,
        assets.price_per_piece,
        assets.currency,
        greatest(years.first_year, least(years.last_year, year(assets.order_date))) as price_year,
        greatest(rate_years.first_year, least(rate_years.last_year, year(assets.order_date))) as rate_year
    from {{ ref('int_assets') }} as assets
    cross join years
    cross join rate_years
    where assets.price_per_piece > 0
)

select
    priced.asset_id,
    'lca:spend:' || classes.spend_factor_id as lca_factor_id,
    priced.price_per_piece * rates.eur_per_unit * dollars.units_per_eur * prices.deflator * factors.value as amount_per_piece
from priced
inner join {{ ref('device_classes') }} as classes
    on priced.device_class = classes.device_class
inner join {{ ref('spend_factors') }} as factors
    on classes.spend_factor_id = factors.factor_id
inner join {{ ref('currency_rates') }} as rates
    on priced.currency = rates.currency
    and priced.rate_year = rates.year
inner join {{ ref('currency_rates') }} as dollars
    on priced.rate_year = dollars.year
    and dollars.currency = 'USD'
inner join {{ ref('price_index') }} as prices
    on priced.price_year = prices.year
