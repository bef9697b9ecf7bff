-- Leaked refrigerant under each IPCC report, side by side and never added: what the choice of the report moves.
select
    emissions.period_month,
    emissions.site_id,
    emissions.resource_id as equipment_id,
    potentials.substance,
    emissions.gas,
    emissions.ghg_category,
    emissions.quantity as quantity_kg,
    compared.gwp_set,
    compared.factor_id,
    compared.value as gwp,
    emissions.quantity * compared.value as amount,
    compared.factor_id = emissions.factor_id as is_used
from {{ ref('fct_emissions') }} as emissions
inner join (
    select distinct factor_id, substance from {{ ref('int_refrigerant_factors') }}
) as potentials
    on emissions.factor_id = potentials.factor_id
inner join {{ ref('int_refrigerant_factors') }} as compared
    on potentials.substance = compared.substance
where emissions.estimate_id = 'refrigerant_log'
