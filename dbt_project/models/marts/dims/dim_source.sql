select
    source_id,
    title,
    connector,
    kind,
    cadence,
    via,
    first_period,
    cast(available_day as integer) as available_day
from {{ source('config', 'sources') }}
