-- Slot: claim, month, atomic part, indicator, location or market, recognition.
select
    emissions.claim_id,
    emissions.period_month,
    slot.part,
    emissions.indicator,
    basis.basis,
    emissions.recognition
from {{ ref('fct_emissions') }} as emissions
cross join unnest(emissions.covers) as slot(part)
cross join unnest({{ bases_of('emissions.accounting_basis') }}) as basis(basis)
where emissions.is_reported
group by all
having count(distinct emissions.estimate_id) > 1
