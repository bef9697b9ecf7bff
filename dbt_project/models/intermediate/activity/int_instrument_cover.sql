-- kWh of a purchase that an instrument covers: first those whose contract names the meter, then all others pro rata
-- over what is left of their market's whole consumption; certificates before contracts, never more than was consumed.
with consumption as (
    select * from {{ ref('int_market_consumption') }}
),

of_a_meter as (
    select
        months.instrument_id,
        consumption.activity_id,
        consumption.period_month,
        months.available_kwh * consumption.kwh / months.consumption_kwh as offered_kwh,
        consumption.kwh,
        coalesce(fsum(months.available_kwh * consumption.kwh / months.consumption_kwh) over (
            partition by consumption.activity_id, consumption.period_month
            order by months.use_order
            rows between unbounded preceding and 1 preceding
        ), 0) as used_before_kwh
    from {{ ref('int_instrument_months') }} as months
    inner join consumption
        on months.meter_id = consumption.resource_id
        and months.market = consumption.market
        and months.period_month = consumption.period_month
),

covered_by_name as (
    select
        *,
        greatest(0, least(offered_kwh, kwh - used_before_kwh)) as covered_kwh
    from of_a_meter
),

named_totals as (
    select activity_id, period_month, fsum(covered_kwh) as covered_kwh
    from covered_by_name
    group by activity_id, period_month
),

remaining as (
    select
        consumption.*,
        consumption.kwh - coalesce(named_totals.covered_kwh, 0) as left_kwh
    from consumption
    left join named_totals
        on consumption.activity_id = named_totals.activity_id
        and consumption.period_month = named_totals.period_month
),

remaining_of_market as (
    select market, period_month, fsum(left_kwh) as left_kwh
    from remaining
    group by market, period_month
    having fsum(left_kwh) > 0
),

of_a_market as (
    select
        months.*,
        remaining_of_market.left_kwh,
        coalesce(fsum(months.available_kwh) over (
            partition by months.market, months.period_month
            order by months.use_order
            rows between unbounded preceding and 1 preceding
        ), 0) as used_before_kwh
    from {{ ref('int_instrument_months') }} as months
    inner join remaining_of_market
        on months.market = remaining_of_market.market
        and months.period_month = remaining_of_market.period_month
    where months.meter_id is null
),

cover as (
    select instrument_id, activity_id, period_month, covered_kwh
    from covered_by_name
    union all
    select
        of_a_market.instrument_id,
        remaining.activity_id,
        remaining.period_month,
        greatest(0, least(of_a_market.available_kwh, of_a_market.left_kwh - of_a_market.used_before_kwh))
        * remaining.left_kwh / of_a_market.left_kwh as covered_kwh
    from of_a_market
    inner join remaining
        on of_a_market.market = remaining.market
        and of_a_market.period_month = remaining.period_month
)

select
    cover.instrument_id,
    consumption.claim_id,
    consumption.estimate_id,
    cover.activity_id,
    cover.period_month,
    cover.covered_kwh
from cover
inner join consumption
    on cover.activity_id = consumption.activity_id
    and cover.period_month = consumption.period_month
where cover.covered_kwh > 0
