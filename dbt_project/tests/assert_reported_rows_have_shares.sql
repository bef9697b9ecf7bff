select emissions.emission_id
from {{ ref('fct_emissions') }} as emissions
left join {{ ref('fct_allocation') }} as shares
    on emissions.claim_id = shares.claim_id
    and emissions.period_month = shares.period_month
where emissions.is_reported and shares.claim_id is null
