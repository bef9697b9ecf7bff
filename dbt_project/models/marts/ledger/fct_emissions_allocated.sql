{{ config(materialized='view', contract={'enforced': false}) }}
-- Reported emissions × shares. Names stand without database or schema, so that the view works in a renamed file.
{% set emissions = ref('fct_emissions') %}
{% set allocation = ref('fct_allocation') %}
select
    emissions.emission_id,
    shares.slice_id,
    emissions.* exclude (
        emission_id, quantity, unit, amount, amount_low, amount_high, factor_value, factor_unit, not_reported_reason
    ),
    shares.* exclude (claim_id, period_month, slice_id),
    emissions.amount * shares.share as amount,
    emissions.amount as emission_amount
from {{ emissions.identifier }} as emissions
inner join {{ allocation.identifier }} as shares
    on emissions.claim_id = shares.claim_id
    and emissions.period_month = shares.period_month
where emissions.is_reported
