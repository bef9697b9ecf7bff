select
    source_id,
    title,
    connector,
    kind,
    cadence,
    via,
    first_period,
    cast(available_day as integer) as available_day
from {{ ref('stg_config__sources') }}
