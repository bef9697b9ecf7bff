-- Contractual instruments by year: bought, retired, used on our consumption, and what is left. `pending` waits for months
-- that the file does not hold yet; what is left of the months that it holds exceeds consumption and covers nothing.
with available as (
    select instrument_id, fsum(available_kwh) as available_kwh, fsum(consumption_kwh) as consumption_kwh
    from {{ ref('int_instrument_months') }}
    group by instrument_id
),

used as (
    select instrument_id, fsum(covered_kwh) as used_kwh
    from {{ ref('int_instrument_cover') }}
    group by instrument_id
),

counted as (
    select
        instruments.*,
        instruments.mwh * 1000 as bought_kwh,
        case when instruments.retired_on is null then 0 else instruments.mwh * 1000 end as retired_kwh,
        available.consumption_kwh,
        case
            when instruments.not_counted_reason is not null then 0
            else instruments.mwh * 1000 - coalesce(available.available_kwh, 0)
        end as pending_kwh,
        coalesce(used.used_kwh, 0) as used_kwh
    from {{ ref('int_instruments') }} as instruments
    left join available
        on instruments.instrument_id = available.instrument_id
    left join used
        on instruments.instrument_id = used.instrument_id
)

select
    instrument_id,
    instrument_type,
    market,
    vintage_year as year,
    meter_id,
    coalesce(
        not_counted_reason,
        case
            when retired_kwh - used_kwh - pending_kwh > 1e-6 * retired_kwh then 'over_claim'
            when consumption_kwh is null then 'pending'
            when pending_kwh > 1e-6 * retired_kwh then 'in_use'
            else 'used'
        end
    ) as status,
    cast(bought_kwh as double) as bought_kwh,
    cast(retired_kwh as double) as retired_kwh,
    cast(used_kwh as double) as used_kwh,
    cast(pending_kwh as double) as pending_kwh,
    cast(retired_kwh - used_kwh - pending_kwh as double) as left_kwh,
    cast(coalesce(consumption_kwh, 0) as double) as consumption_kwh
from counted
