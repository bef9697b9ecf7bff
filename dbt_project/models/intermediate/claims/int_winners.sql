-- Per signature and slot (atomic part, indicator, location or market, recognition) the estimate with the best rank.
-- A row wins every slot that it covers or none; one that won only some is `is_partial`, which a test refuses.
with kinds as (
    select distinct
        sets.signature,
        rows.estimate_id,
        rows.part,
        rows.covers,
        rows.indicator,
        rows.accounting_basis,
        rows.recognition
    from {{ ref('int_emissions') }} as rows
    inner join {{ ref('int_estimate_sets') }} as sets
        on rows.claim_id = sets.claim_id
        and rows.period_month = sets.period_month
),

slots as (
    select
        kinds.*,
        ranks.rank,
        slot.part as slot_part,
        basis.basis as slot_basis
    from kinds
    inner join {{ ref('estimate_ranks') }} as ranks
        on string_split(kinds.estimate_id, '.')[-1] = ranks.estimate_kind
    cross join unnest(kinds.covers) as slot(part)
    cross join unnest({{ bases_of('kinds.accounting_basis') }}) as basis(basis)
),

decided as (
    select
        *,
        first_value(estimate_id) over (
            partition by signature, slot_part, slot_basis, indicator, recognition
            order by rank, estimate_id
        ) = estimate_id as has_won
    from slots
)

select
    signature,
    estimate_id,
    part,
    covers,
    indicator,
    accounting_basis,
    recognition,
    bool_and(has_won) as is_winner,
    bool_or(has_won) and not bool_and(has_won) as is_partial
from decided
group by all
