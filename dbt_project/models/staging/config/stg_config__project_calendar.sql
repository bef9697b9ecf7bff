select
    cast(project_id as varchar) as project_id,
    cast(lifecycle_phase as varchar) as lifecycle_phase,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to,
    cast(evidence as varchar) as evidence
from {{ source('config', 'project_calendar') }}
