select
    cast(site_id as varchar) as site_id,
    cast(name as varchar) as name,
    cast(entity_id as varchar) as entity_id,
    cast(country as varchar) as country,
    cast(grid_zone as varchar) as grid_zone,
    cast(control as varchar) as control,
    cast(purpose as varchar) as purpose
from {{ source('config', 'sites') }}
