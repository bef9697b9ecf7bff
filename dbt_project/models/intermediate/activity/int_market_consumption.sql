-- Purchased electricity in scope 2 by market: what instruments may cover. One estimate per claim: the bill, or what
-- stands in for a missing meter. A provider's kWh are never among them.
select
    uses.claim_id,
    uses.estimate_id,
    uses.activity_id,
    uses.period_month,
    uses.resource_id,
    coalesce(markets.market, uses.grid_zone) as market,
    uses.quantity as kwh
from {{ ref('int_electricity_use') }} as uses
left join {{ ref('energy_markets') }} as markets
    on uses.grid_zone = markets.grid_zone
where
    uses.use_scope = 2
    and uses.quantity > 0
    and (uses.estimate_id = 'utility_bill' or uses.claim_id like '%|none')
