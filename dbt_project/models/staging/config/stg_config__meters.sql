select
    cast(meter_id as varchar) as meter_id,
    cast(site_id as varchar) as site_id,
    cast(energy_source as varchar) as energy_source,
    cast(note as varchar) as note
from {{ source('config', 'meters') }}
