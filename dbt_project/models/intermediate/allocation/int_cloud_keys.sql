-- Keys of cloud claims: the best that all usage lines have. Without a bill the newest key of the twelve months before
-- stands in, with today's labels. What serves everybody (a transversal phase) is shared service.
with claims as (
    select claim_id, period_month
    from {{ ref('int_claims') }}
    where claim_kind in ('statement', 'cloud')
),

billed as (
    select * exclude (trust, key_order)
    from {{ ref('int_cloud_key_candidates') }}
    where key_order = 1
),

billed_months as (
    select distinct claim_id, period_month from billed
),

last_known as (
    select
        claims.claim_id,
        claims.period_month,
        max(billed_months.period_month) as key_month
    from claims
    inner join billed_months
        on claims.claim_id = billed_months.claim_id
        and billed_months.period_month < claims.period_month
        and billed_months.period_month >= claims.period_month - interval '12' month
    where not exists (
        select 1 from billed_months as own
        where own.claim_id = claims.claim_id and own.period_month = claims.period_month
    )
    group by claims.claim_id, claims.period_month
),

keys as (
    select billed.*
    from billed
    inner join claims
        on billed.claim_id = claims.claim_id
        and billed.period_month = claims.period_month
    union all by name
    select billed.* replace (last_known.period_month as period_month, 'last_known' as allocation_key)
    from billed
    inner join last_known
        on billed.claim_id = last_known.claim_id
        and billed.period_month = last_known.key_month
)

select
    keys.claim_id,
    keys.allocation_key,
    keys.key_unit,
    keys.key_quantity,
    keys.document_sha256 as key_document_sha256,
    case when things.lifecycle_phase = 'transversal' then 'shared_service' else 'direct' end as allocation_part,
    things.* exclude (thing_id)
from keys
inner join {{ ref('int_thing_months') }} as things
    on keys.thing_id = things.thing_id
    and keys.period_month = things.period_month
