select *
from {{ ref('fct_emissions') }}
where abs(amount - quantity * factor_value) > 1e-9 * greatest(abs(amount), 1)
