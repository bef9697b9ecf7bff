-- Claims that already contain another: never both reported. A site's estimate without a meter is contained in any
-- meter of that site and month; a device's own order in the order line that bought it.
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
-- A device that the register gives no order, or another one than the order line that bought it.
select
    concat_ws('|', 'order', assets.order_id, assets.order_line) as claim_id,
    concat_ws('|', 'order', matches.order_id, matches.order_line) as contained_in_claim_id,
    cast(date_trunc('month', assets.order_date) as date) as period_month,
    matches.order_evidence as evidence
from {{ ref('stg_asset_register__assets') }} as assets
inner join {{ ref('int_order_matches') }} as matches
    on assets.asset_id = matches.asset_id
where (assets.order_id, assets.order_line) is distinct from (matches.order_id, matches.order_line)
