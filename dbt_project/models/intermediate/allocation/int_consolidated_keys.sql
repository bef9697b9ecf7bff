-- Keys of all claims, and beside them what of a claim belongs to other owners: an entity under equity share, or one that
-- was not ours in that month. That part stands outside IT, so that documents still add up and no total holds it.
with partly_ours as (
    select
        claims.claim_id,
        claims.period_month,
        consolidation.consolidated_share
    from {{ ref('int_claims') }} as claims
    inner join {{ ref('int_consolidation') }} as consolidation
        on claims.entity_id = consolidation.entity_id
        and claims.period_month = consolidation.period_month
    where consolidation.consolidated_share < 1
),

totals as (
    select
        claim_id,
        period_month,
        min(allocation_key) as allocation_key,
        min(key_unit) as key_unit,
        fsum(key_quantity) as key_total
    from {{ ref('int_share_keys') }}
    group by claim_id, period_month
    having fsum(key_quantity) > 0
),

known as (
    select
        partly_ours.*,
        coalesce(totals.allocation_key, 'none') as allocation_key,
        totals.key_unit,
        coalesce(totals.key_total, 1) as key_total,
        totals.claim_id is null as is_unkeyed
    from partly_ours
    left join totals
        on partly_ours.claim_id = totals.claim_id
        and partly_ours.period_month = totals.period_month
)

select keys.* replace (keys.key_quantity * coalesce(partly_ours.consolidated_share, 1) as key_quantity)
from {{ ref('int_share_keys') }} as keys
left join partly_ours
    on keys.claim_id = partly_ours.claim_id
    and keys.period_month = partly_ours.period_month
union all by name
select
    claim_id,
    period_month,
    allocation_key,
    key_unit,
    key_total * (1 - consolidated_share) as key_quantity,
    'direct' as allocation_part,
    'outside_it' as boundary,
    'consolidation' as boundary_rule,
    case
        when consolidated_share = 0 then 'the entity was not ours in this month'
        else printf('%.4g %% belongs to other owners (equity share)', 100 * (1 - consolidated_share))
    end as boundary_evidence,
    'not_ai' as lifecycle_phase,
    'boundary' as phase_rule,
    'belongs to other owners' as phase_evidence
from known
union all by name
select
    claim_id,
    period_month,
    'none' as allocation_key,
    consolidated_share as key_quantity,
    'direct' as allocation_part,
    'unattributed' as boundary,
    'none' as boundary_rule,
    'no key for this claim' as boundary_evidence,
    'unattributed' as lifecycle_phase,
    'none' as phase_rule,
    'no key for this claim' as phase_evidence
from known
where is_unkeyed and consolidated_share > 0
