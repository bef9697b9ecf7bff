select
    cast(project_id as varchar) as project_id,
    cast(name as varchar) as name,
    cast(name_fr as varchar) as name_fr,
    cast(organization_unit as varchar) as organization_unit,
    cast(entity_id as varchar) as entity_id,
    cast(default_phase as varchar) as default_phase,
    cast(started_on as date) as started_on,
    cast(ended_on as date) as ended_on
from {{ source('config', 'projects') }}
