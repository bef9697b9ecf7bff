-- The steps that multiply to a row's factor value; in this family of sources every chain has one step.
select distinct
    factor_chain_id,
    cast(1 as integer) as step,
    factor_id,
    factor_value as value,
    factor_unit as unit
from {{ ref('fct_emissions') }}
