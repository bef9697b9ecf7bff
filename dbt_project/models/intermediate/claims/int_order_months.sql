-- Months in which an order line has a figure of its own: the purchase, and any real treatment of what was bought. Its key is
-- that of the month and place where the device first served, wherever it was moved since.
with places as (
    select asset_id, arg_min(site_id, stay_from) as site_id
    from {{ ref('int_asset_stays') }}
    group by asset_id
),

months as (
    select asset_id, order_id, order_line, device_class, in_service_date, cast(date_trunc('month', order_date) as date) as period_month
    from {{ ref('int_asset_stages') }}
    where date_trunc('month', order_date) in (select spine.period_month from {{ ref('int_months') }} as spine)
    union all
    select asset_id, order_id, order_line, device_class, in_service_date, period_month
    from {{ ref('int_asset_treatments') }}
    where excluded_code is null
)

select
    concat_ws('|', 'order', months.order_id, months.order_line) as claim_id,
    months.period_month,
    min(places.site_id) as site_id,
    min(months.device_class) as device_class,
    cast(date_trunc('month', min(months.in_service_date)) as date) as share_month
from months
left join places
    on months.asset_id = places.asset_id
group by months.order_id, months.order_line, months.period_month
