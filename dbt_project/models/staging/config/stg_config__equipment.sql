select
    cast(equipment_id as varchar) as equipment_id,
    cast(site_id as varchar) as site_id,
    cast(it_share as double) as it_share,
    cast(boundary as varchar) as boundary,
    cast(project_id as varchar) as project_id,
    cast(lifecycle_phase as varchar) as lifecycle_phase,
    cast(lifecycle_activity as varchar) as lifecycle_activity,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to,
    cast(evidence as varchar) as evidence
from {{ source('config', 'equipment') }}
