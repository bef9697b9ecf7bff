-- The rows of the two official totals: reported, inside the scopes, inside IT, once per basis and recognition policy.
with rows as (
    select
        slices.*,
        basis.basis,
        policies.policy
    from {{ ref('fct_emissions_allocated') }} as slices
    cross join unnest({{ bases_of('slices.accounting_basis') }}) as basis(basis)
    cross join (values ('amortised'), ('acquisition')) as policies(policy)
    where
        slices.scope is not null
        and slices.boundary != 'outside_it'
        and slices.recognition in ('flow', policies.policy)
),

totals(total, boundaries) as (
    values
    ('it', ['ai', 'outside_ai', 'unattributed']),
    ('ai', ['ai']),
    ('undecided', ['unattributed'])
)

select
    totals.total,
    rows.basis,
    rows.policy,
    rows.indicator,
    rows.period_month,
    rows.data_status,
    rows.scope,
    rows.ghg_category,
    rows.lifecycle_phase,
    rows.project_id,
    rows.source_id,
    rows.site_id,
    rows.claim_id,
    rows.emission_id,
    rows.tier,
    rows.uncertainty_profile,
    rows.key_rel,
    rows.share,
    rows.amount,
    rows.emission_amount
from rows
inner join totals
    on list_contains(totals.boundaries, rows.boundary)
