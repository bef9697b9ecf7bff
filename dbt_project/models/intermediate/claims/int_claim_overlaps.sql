-- Claims that already contain another: never both reported. A site's estimate without a meter is contained in any
-- meter of that site and month; a device's own order in the order line that bought it; an invoice line in the
-- vendor's own statement of that month; tokens in a cloud's figures, or the other way round. `decided_code` says that the
-- contained claim is left out whatever wins inside it.
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
    'the site has a meter' as evidence,
    cast(null as varchar) as decided_code
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
    matches.order_evidence as evidence,
    cast(null as varchar) as decided_code
from {{ ref('stg_asset_register__assets') }} as assets
inner join {{ ref('int_order_matches') }} as matches
    on assets.asset_id = matches.asset_id
where (assets.order_id, assets.order_line) is distinct from (matches.order_id, matches.order_line)
union all
select distinct
    lines.claim_id,
    concat_ws('|', 'vendor', lower(trim(statements.supplier)), statements.service) as contained_in_claim_id,
    lines.period_month,
    'the vendor states its own emissions' as evidence,
    cast(null as varchar) as decided_code
from {{ ref('int_purchase_lines') }} as lines
inner join {{ ref('stg_vendor_statement__periods') }} as statements
    on lower(trim(lines.supplier)) = lower(trim(statements.supplier))
    and lines.period_month = statements.period_month
    and (statements.category is null or statements.category = lines.category)
where statements.is_current_delivery
union all
select distinct
    claims.claim_id,
    claims.cloud_claim_id as contained_in_claim_id,
    claims.period_month,
    'the cloud''s figures hold these tokens' as evidence,
    'covered_by' as decided_code
from {{ ref('int_token_claims') }} as claims
where claims.cloud_claim_id is not null
union all
select distinct
    covers.cloud_claim_id as claim_id,
    claims.claim_id as contained_in_claim_id,
    claims.period_month,
    'tokens say more than the bill''s costs' as evidence,
    'covered_by' as decided_code
from {{ ref('int_token_claims') }} as claims
inner join {{ ref('int_token_covers') }} as covers
    on claims.provider = covers.provider
    and claims.account = covers.account
    and claims.period_month = covers.period_month
where claims.cloud_claim_id is null and not covers.is_token_covered
