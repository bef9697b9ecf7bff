-- The factors of a fuel, unit, country and month, chosen per boundary and indicator by a stated rule. Rule: factors of
-- the country or of any country before another country's (a litre burns alike everywhere but for its biofuel); then the
-- publisher's rank; of one publisher the edition that is not younger than the month. All gases of a boundary come from
-- one edition.
with countries as (
    select distinct country from {{ ref('stg_config__sites') }}
),

editions as (
    select
        countries.country,
        months.period_month,
        factors.*,
        dense_rank() over (
            partition by
                countries.country, months.period_month, factors.fuel, factors.quantity_unit, factors.factor_boundary,
                factors.indicator
            order by
                factors.geography not in (countries.country, 'any'),
                publishers.rank,
                factors.geography != countries.country,
                factors.valid_from > months.period_month,
                abs(date_diff('day', factors.valid_from, months.period_month)),
                factors.geography
        ) as choice_order
    from countries
    cross join {{ ref('int_months') }} as months
    cross join {{ ref('int_fuel_factors') }} as factors
    inner join {{ ref('factor_publishers') }} as publishers
        on factors.publisher = publishers.publisher
    where factors.gas != 'total'
)

select
    * exclude (choice_order),
    valid_to is not null and valid_to < period_month as is_stale
from editions
where choice_order = 1
