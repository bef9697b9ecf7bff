-- Each claim and month cut once. A claim without a key is one undecided slice.
with keys as (
    select
        claim_id,
        period_month,
        boundary,
        project_id,
        lifecycle_phase,
        lifecycle_activity,
        allocation_part,
        min(boundary_rule) as boundary_rule,
        min(boundary_evidence) as boundary_evidence,
        min(phase_rule) as phase_rule,
        min(phase_evidence) as phase_evidence,
        min(allocation_key) as allocation_key,
        min(key_unit) as key_unit,
        min(key_document_sha256) as key_document_sha256,
        fsum(key_quantity) as key_quantity
    from {{ ref('int_share_keys') }}
    group by
        claim_id, period_month, boundary, project_id, lifecycle_phase, lifecycle_activity, allocation_part
    having fsum(key_quantity) > 0
),

unkeyed as (
    select
        claims.claim_id,
        claims.period_month,
        'unattributed' as boundary,
        'unattributed' as lifecycle_phase,
        'direct' as allocation_part,
        'none' as boundary_rule,
        'no key for this claim' as boundary_evidence,
        'none' as phase_rule,
        'no key for this claim' as phase_evidence,
        'none' as allocation_key,
        1.0 as key_quantity
    from {{ ref('int_claims') }} as claims
    where not exists (
        select 1 from keys
        where keys.claim_id = claims.claim_id and keys.period_month = claims.period_month
    )
),

slices as (
    select * from keys
    union all by name
    select * from unkeyed
),

totals as (
    select
        claim_id,
        period_month,
        fsum(key_quantity) as key_total
    from slices
    group by claim_id, period_month
)

select
    slices.claim_id,
    slices.period_month,
    {{ business_key(['slices.claim_id', 'slices.period_month', 'slices.boundary', 'slices.project_id',
                     'slices.lifecycle_phase', 'slices.lifecycle_activity', 'slices.allocation_part']) }} as slice_id,
    slices.boundary,
    slices.boundary_rule,
    slices.boundary_evidence,
    slices.project_id,
    slices.lifecycle_phase,
    slices.lifecycle_activity,
    slices.phase_rule,
    slices.phase_evidence,
    slices.allocation_part,
    slices.allocation_key,
    cast(slices.key_quantity as double) as key_quantity,
    cast(totals.key_total as double) as key_total,
    slices.key_unit,
    slices.key_document_sha256,
    cast(errors.key_rel as double) as key_rel,
    slices.key_quantity / totals.key_total as share
from slices
inner join totals
    on slices.claim_id = totals.claim_id
    and slices.period_month = totals.period_month
inner join {{ ref('key_uncertainty') }} as errors
    on slices.allocation_key = errors.allocation_key
