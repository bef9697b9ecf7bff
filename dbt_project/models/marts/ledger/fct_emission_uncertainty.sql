{{ config(materialized='view', contract={'enforced': false}) }}
-- Each ledger row with the groups its uncertainty belongs to; `claim` becomes the claim's own group.
{% set emissions = ref('fct_emissions') %}
{% set components = ref('dim_uncertainty') %}
select
    emissions.emission_id,
    case components.uncertainty_group when 'claim' then emissions.claim_id else components.uncertainty_group end
    as uncertainty_group,
    components.kind,
    components.rel_low,
    components.rel_high,
    emissions.amount * components.rel_low as low_difference,
    emissions.amount * components.rel_high as high_difference
from {{ emissions.identifier }} as emissions
inner join {{ components.identifier }} as components
    on emissions.uncertainty_profile = components.profile
