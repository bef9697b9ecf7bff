select emissions.emission_id
from {{ ref('fct_emissions') }} as emissions
left join (
    select factor_chain_id, product(value) as value
    from {{ ref('bridge_emission_factors') }}
    group by factor_chain_id
) as chains
    on emissions.factor_chain_id = chains.factor_chain_id
where chains.value is null or abs(chains.value - emissions.factor_value) > 1e-12 * greatest(abs(emissions.factor_value), 1)
