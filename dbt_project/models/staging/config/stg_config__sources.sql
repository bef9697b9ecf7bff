select
    cast(source_id as varchar) as source_id,
    cast(title as varchar) as title,
    cast(connector as varchar) as connector,
    cast(kind as varchar) as kind,
    cast(cadence as varchar) as cadence,
    cast(via as varchar) as via,
    cast(first_period as date) as first_period,
    cast(available_day as integer) as available_day
from {{ source('config', 'sources') }}
