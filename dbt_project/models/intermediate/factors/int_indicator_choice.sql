-- The impacts of a kWh of a grid zone and month, one factor per indicator: the organization's own before the bundled,
-- the zone's before its country's; of these the newest that is not younger than the month, else the oldest.
with zones as (
    select grid_zone from {{ ref('stg_config__sites') }} where grid_zone is not null
    union
    select geography as grid_zone from {{ ref('int_factors') }}
),

candidates as (
    select
        zones.grid_zone,
        months.period_month,
        factors.*
    from zones
    inner join {{ ref('int_indicator_factors') }} as factors
        on factors.geography in (zones.grid_zone, split_part(zones.grid_zone, '-', 1))
    cross join {{ ref('int_months') }} as months
)

select *
from candidates
qualify row_number() over (
    partition by grid_zone, period_month, indicator
    order by
        publisher != 'Organization',
        geography != grid_zone,
        valid_from > period_month,
        abs(date_diff('day', valid_from, period_month)),
        factor_id
) = 1
