-- Months in which an order line has a figure of its own: the purchase, and any real treatment of what was bought. Its key is
-- that of the month and place where the device first served, wherever it was moved since.
with places as (
    select asset_id, arg_min(site_id, stay_from) as site_id
    from {{ ref('int_asset_stays') }}
    group by asset_id
),

months as (
    select
        acquisitions.asset_id,
        acquisitions.claim_id,
        acquisitions.period_month,
        assets.device_class,
        assets.in_service_date
    from {{ ref('int_acquisitions') }} as acquisitions
    inner join {{ ref('int_asset_footprints') }} as assets
        on acquisitions.asset_id = assets.asset_id
    where assets.lca_source is not null
    union all
    select
        asset_id,
        concat_ws('|', 'order', order_id, order_line) as claim_id,
        period_month,
        device_class,
        in_service_date
    from {{ ref('int_asset_treatments') }}
    where excluded_code is null
)

select
    months.claim_id,
    months.period_month,
    min(places.site_id) as site_id,
    min(months.device_class) as device_class,
    cast(date_trunc('month', min(months.in_service_date)) as date) as share_month
from months
left join places
    on months.asset_id = places.asset_id
group by months.claim_id, months.period_month
