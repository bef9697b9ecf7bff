-- Claims that already contain another: never both reported. A site's estimate without a meter is contained in any
-- meter of that site and month; an order line in a second order line that names the same device.
with unmetered as (
    select claim_id, period_month, site_id
    from {{ ref('int_claims') }}
    where claim_kind = 'meter' and claim_id like '%|none'
),

metered as (
    select claim_id, period_month, site_id
    from {{ ref('int_claims') }}
    where claim_kind = 'meter' and claim_id not like '%|none'
)

select
    unmetered.claim_id,
    metered.claim_id as contained_in_claim_id,
    unmetered.period_month,
    'the site has a meter' as evidence
from unmetered
inner join metered
    on unmetered.site_id = metered.site_id
    and unmetered.period_month = metered.period_month
union all
select
    concat_ws('|', 'order', orders.order_id, orders.order_line) as claim_id,
    concat_ws('|', 'order', firsts.order_id, firsts.order_line) as contained_in_claim_id,
    cast(date_trunc('month', orders.in_service_date) as date) as period_month,
    'the same asset stands in two order lines' as evidence
from {{ ref('int_asset_stages') }} as orders
inner join {{ ref('int_asset_stages') }} as firsts
    on orders.asset_id = firsts.asset_id
    and orders.lca_stage = firsts.lca_stage
    and orders.indicator = firsts.indicator
    and orders.document_row > firsts.document_row
