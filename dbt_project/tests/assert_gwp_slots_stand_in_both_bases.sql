select
    emissions.claim_id,
    emissions.period_month,
    slot.part,
    emissions.recognition
from {{ ref('fct_emissions') }} as emissions
cross join unnest(emissions.covers) as slot(part)
cross join unnest({{ bases_of('emissions.accounting_basis') }}) as basis(basis)
where emissions.is_reported and emissions.indicator = 'gwp'
group by all
having count(distinct basis.basis) < 2
