-- The factor of water supplied or treated in a country and month. Rule: factors of the country or of any country before
-- another country's; then the publisher's rank; of one publisher the edition that is not younger than the month.
with countries as (
    select distinct country from {{ ref('stg_config__sites') }}
)

select
    countries.country,
    months.period_month,
    factors.*,
    -- A figure of another country or of an earlier time stands in, and is warned of.
    factors.geography not in (countries.country, 'any')
    or coalesce(factors.valid_to < months.period_month, false) as is_stand_in
from countries
cross join {{ ref('int_months') }} as months
cross join {{ ref('int_water_factors') }} as factors
inner join {{ ref('factor_publishers') }} as publishers
    on factors.publisher = publishers.publisher
qualify row_number() over (
    partition by countries.country, months.period_month, factors.service
    order by
        factors.geography not in (countries.country, 'any'),
        publishers.rank,
        factors.geography != countries.country,
        factors.valid_from > months.period_month,
        abs(date_diff('day', factors.valid_from, months.period_month)),
        factors.geography,
        factors.factor_id
) = 1
