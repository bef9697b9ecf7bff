-- The report's total of each month and indicator equals the official definition, written out anew on the ledger's slices.
with official as (
    select
        basis.basis as accounting_basis,
        policies.recognition,
        slices.indicator,
        slices.period_month,
        fsum(slices.amount) as it,
        coalesce(fsum(slices.amount) filter (where slices.boundary = 'ai'), 0) as ai
    from {{ ref('fct_emissions_allocated') }} as slices
    cross join (values ('location'), ('market')) as basis(basis)
    cross join (values ('amortised'), ('acquisition')) as policies(recognition)
    where
        slices.is_reported
        and slices.scope is not null
        and slices.accounting_basis in (basis.basis, 'both')
        and slices.recognition in ('flow', policies.recognition)
        and slices.boundary != 'outside_it'
    group by all
),

monthly as (
    select
        accounting_basis,
        recognition,
        indicator,
        period_month,
        max(amount) filter (where total = 'it') as it,
        coalesce(max(amount) filter (where total = 'ai'), 0) as ai
    from {{ ref('rpt_monthly') }}
    where level = 'total' and "window" = 'month'
    group by all
)

select official.*
from official
left join monthly
    on official.accounting_basis = monthly.accounting_basis
    and official.recognition = monthly.recognition
    and official.indicator = monthly.indicator
    and official.period_month = monthly.period_month
where
    monthly.it is null
    or abs(official.it - monthly.it) > 1e-9 * greatest(abs(official.it), 1)
    or abs(official.ai - monthly.ai) > 1e-9 * greatest(abs(official.it), 1)
