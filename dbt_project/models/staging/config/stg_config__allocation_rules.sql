select
    cast(priority as integer) as priority,
    cast(source_id as varchar) as source_id,
    cast(field as varchar) as field,
    cast(pattern as varchar) as pattern,
    cast(boundary as varchar) as boundary,
    cast(project_id as varchar) as project_id,
    cast(lifecycle_phase as varchar) as lifecycle_phase,
    cast(lifecycle_activity as varchar) as lifecycle_activity,
    cast(note as varchar) as note
from {{ source('config', 'allocation_rules') }}
