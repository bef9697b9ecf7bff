with decided as (
    select
        rows.* exclude (tier, gap_fill),
        coalesce(winners.is_winner, false) and rows.gap_fill as gap_fill,
        coalesce(winners.is_winner, false) as is_reported,
        ranks.estimate_basis,
        coalesce(rows.tier, ranks.tier) as estimate_tier
    from {{ ref('int_emissions') }} as rows
    inner join {{ ref('int_estimate_sets') }} as sets
        on rows.claim_id = sets.claim_id
        and rows.period_month = sets.period_month
    inner join {{ ref('int_winners') }} as winners
        on sets.signature = winners.signature
        and rows.estimate_id = winners.estimate_id
        and rows.part = winners.part
        and rows.covers = winners.covers
        and rows.indicator = winners.indicator
        and rows.accounting_basis = winners.accounting_basis
        and rows.recognition = winners.recognition
    inner join {{ ref('estimate_ranks') }} as ranks
        on string_split(rows.estimate_id, '.')[-1] = ranks.estimate_kind
)

select
    decided.emission_id,
    decided.claim_id,
    decided.estimate_id,
    decided.part,
    decided.covers,
    decided.period_month,
    months.data_status,
    decided.entry,
    decided.source_id,
    decided.delivery_id,
    decided.document_sha256,
    decided.document_row,
    decided.model_version,
    decided.retrieved_at,
    decided.activity_id,
    decided.activity_type,
    decided.quantity,
    decided.unit,
    decided.entity_id,
    decided.organization_unit,
    decided.site_id,
    decided.asset_id,
    decided.resource_id,
    decided.region,
    decided.provider,
    decided.service,
    cast(decided.scope as tinyint) as scope,
    decided.provider_scope,
    decided.ghg_category,
    decided.lca_stage,
    decided.recognition,
    decided.accounting_basis,
    decided.basis_origin,
    decided.estimate_basis,
    decided.gap_fill,
    decided.estimate_tier as tier,
    decided.is_reported,
    case when not decided.is_reported then 'outranked' end as not_reported_reason,
    decided.indicator,
    decided.gas,
    decided.gwp_set,
    decided.amount,
    intervals.amount_low,
    intervals.amount_high,
    decided.factor_id,
    decided.factor_value,
    decided.factor_unit,
    decided.factor_vintage,
    decided.instrument_id,
    {{ factor_chain_id('decided') }} as factor_chain_id,
    decided.uncertainty_profile
from decided
inner join {{ ref('dim_month') }} as months
    on decided.period_month = months.period_month
inner join (
    {{ interval_of_rows(ref('int_emissions')) }}
) as intervals
    on decided.emission_id = intervals.emission_id
