select
    site_id,
    name,
    entity_id,
    country,
    grid_zone,
    control,
    purpose
from {{ ref('stg_config__sites') }}
