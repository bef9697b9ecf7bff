-- What the acquisition view of hardware posts: a purchase whole in the month of its order, its return as a correction
-- in the month of the credit note, an operating lease month by month (its maker's customer is the lessor).
select
    asset_id,
    concat_ws('|', 'order', order_id, order_line) as claim_id,
    cast(date_trunc('month', order_date) as date) as period_month,
    'original' as entry,
    quantity as pieces,
    1.0 as share_of_life,
    'piece' as unit
from {{ ref('int_assets') }}
where ownership != 'operating_lease' and date_trunc('month', order_date) in (select period_month from {{ ref('int_months') }})
union all
select
    asset_id,
    concat_ws('|', 'order', order_id, order_line) as claim_id,
    cast(date_trunc('month', returned_date) as date) as period_month,
    'correction' as entry,
    -quantity as pieces,
    1.0 as share_of_life,
    'piece' as unit
from {{ ref('int_assets') }}
where ownership != 'operating_lease' and date_trunc('month', returned_date) in (select period_month from {{ ref('int_months') }})
union all
select
    assets.asset_id,
    concat_ws('|', 'order', assets.order_id, assets.order_line) as claim_id,
    months.period_month,
    'original' as entry,
    months.quantity as pieces,
    months.share_of_life,
    'asset-month' as unit
from {{ ref('int_assets') }} as assets
inner join {{ ref('int_asset_months') }} as months
    on assets.asset_id = months.asset_id
where assets.ownership = 'operating_lease'
