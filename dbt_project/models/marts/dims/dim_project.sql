select
    project_id,
    name,
    name_fr,
    organization_unit,
    entity_id,
    default_phase,
    started_on,
    ended_on
from {{ ref('stg_config__projects') }}
