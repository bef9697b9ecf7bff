-- Hosted models by output tokens, in the families' shape.
select * exclude (coefficient_id, kwh, pue, base_factor, hardware_months, lifetime_months)
from {{ ref('int_token_rows') }}
