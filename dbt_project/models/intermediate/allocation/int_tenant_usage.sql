-- Step 4: each tenant's use of a region's capacity. Use is IT kWh by kind of capacity, boards or the rest; the share of
-- idle boards stands beside the direct use. Normalised cost weighs the kinds and datacenters of a region against each
-- other by what a kWh of theirs costs; kWh themselves where any of the region's uses has no price.
with slices as (
    select
        regions.region_id,
        slices.* exclude (is_board, is_it_feed),
        case when slices.is_board then 'gpu_energy' else 'other_it_energy' end as capacity,
        slices.is_board and not balance.has_boards as is_estimated
    from {{ ref('int_site_slices') }} as slices
    inner join {{ ref('int_site_regions') }} as regions
        on slices.site_id = regions.site_id
    inner join {{ ref('int_site_balance') }} as balance
        on slices.site_id = balance.site_id
        and slices.period_month = balance.period_month
    where slices.allocation_part in ('direct', 'idle') and slices.is_it_feed
),

-- The newest price that holds in the month.
priced as (
    select
        slices.*,
        prices.price_per_kwh
    from slices
    asof left join {{ ref('stg_config__capacity_prices') }} as prices
        on slices.site_id = prices.site_id
        and slices.capacity = prices.capacity
        and slices.period_month >= prices.valid_from
)

select
    * exclude (is_estimated, price_per_kwh),
    case when is_priced then price_per_kwh else 1.0 end as price_per_kwh,
    case when is_priced then kwh * price_per_kwh else kwh end as normalised_cost
from (
    select
        *,
        bool_and(price_per_kwh is not null) over (partition by region_id, period_month) as is_priced,
        bool_or(is_estimated) over (partition by region_id, period_month, capacity) as is_capacity_estimated
    from priced
) as uses
