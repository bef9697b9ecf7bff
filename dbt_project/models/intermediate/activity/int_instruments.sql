-- Contractual instruments and whether they count: retired for one of our entities, in a market where we consume, of the
-- year of consumption. What does not count says why.
with markets as (
    select distinct market, resource_id from {{ ref('int_market_consumption') }}
),

periods as (
    select
        *,
        cast(date_trunc('month', coalesce(valid_from, make_date(vintage_year, 1, 1))) as date) as first_month,
        cast(date_trunc('month', coalesce(valid_to, make_date(vintage_year, 12, 1))) as date) as last_month
    from {{ ref('stg_config__instruments') }}
)

select
    periods.*,
    date_diff('day', periods.first_month, cast(periods.last_month + interval '1' month as date)) as period_days,
    case
        when periods.retired_on is null then 'not_retired'
        when periods.beneficiary not in (select entities.entity_id from {{ ref('stg_config__entities') }} as entities)
            then 'other_beneficiary'
        when year(periods.first_month) != periods.vintage_year or year(periods.last_month) != periods.vintage_year
            then 'other_year'
        when not exists (
            select 1 from markets
            where
                markets.market = periods.market
                and (periods.meter_id is null or markets.resource_id = periods.meter_id)
        ) then 'other_market'
    end as not_counted_reason
from periods
