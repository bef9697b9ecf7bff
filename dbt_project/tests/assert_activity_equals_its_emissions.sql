-- Over instruments, the quantity of an activity is the same in location and in market, for every part, gas and stage. A
-- device takes each indicator from its own best source, so devices of one source are as many within an indicator only.
with rows as (
    select
        emissions.*,
        basis.basis
    from {{ ref('fct_emissions') }} as emissions
    cross join unnest({{ bases_of('emissions.accounting_basis') }}) as basis(basis)
    where emissions.activity_type != 'provider_statement'
),

sums as (
    select
        claim_id, estimate_id, activity_id, period_month, part, indicator, recognition, gas, lca_stage, basis,
        fsum(quantity) as quantity
    from rows
    group by all
)

select activity_id, estimate_id, period_month
from sums
group by activity_id, estimate_id, period_month, case part when 'hardware' then indicator end
having max(quantity) - min(quantity) > 1e-9 * greatest(abs(max(quantity)), 1)
