select
    period_month,
    asset_id,
    site_id,
    device_class,
    cost_center,
    cast(quantity as double) as quantity,
    cast(lifetime_months as integer) as lifetime_months,
    cast(share_of_life as double) as share_of_life,
    source_id
from {{ ref('int_asset_months') }}
