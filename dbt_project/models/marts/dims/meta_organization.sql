select
    name,
    country,
    currency,
    is_fictional,
    recognition,
    cast(lifetime_months as integer) as lifetime_months
from {{ ref('stg_config__organization') }}
