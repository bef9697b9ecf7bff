-- An instrument's kWh by month: in step with the consumption that it may cover (its meter's, else all of its market).
-- Of a year that the file holds in part only that part's share of days is available yet; months without consumption, before
-- a site was ours or after, take nothing away.
with consumed as (
    select
        instruments.instrument_id,
        consumption.period_month,
        fsum(consumption.kwh) as consumption_kwh
    from {{ ref('int_instruments') }} as instruments
    inner join {{ ref('int_market_consumption') }} as consumption
        on instruments.market = consumption.market
        and consumption.period_month between instruments.first_month and instruments.last_month
        and (instruments.meter_id is null or instruments.meter_id = consumption.resource_id)
    where instruments.not_counted_reason is null
    group by instruments.instrument_id, consumption.period_month
),

shares as (
    select
        *,
        consumption_kwh / fsum(consumption_kwh) over (partition by instrument_id) as share_of_consumption
    from consumed
),

seen as (
    select
        instruments.instrument_id,
        sum(day(last_day(months.period_month))) as days_seen
    from {{ ref('int_instruments') }} as instruments
    inner join {{ ref('int_months') }} as months
        on months.period_month between instruments.first_month and instruments.last_month
    group by instruments.instrument_id
)

select
    shares.instrument_id,
    shares.period_month,
    instruments.market,
    instruments.meter_id,
    shares.consumption_kwh,
    instruments.mwh * 1000 * shares.share_of_consumption * least(1, seen.days_seen / instruments.period_days)
    as available_kwh,
    row_number() over (
        partition by shares.period_month, instruments.market, instruments.meter_id
        order by instruments.instrument_type, instruments.retired_on, shares.instrument_id
    ) as use_order
from shares
inner join {{ ref('int_instruments') }} as instruments
    on shares.instrument_id = instruments.instrument_id
inner join seen
    on shares.instrument_id = seen.instrument_id
