select
    cast(entity_id as varchar) as entity_id,
    cast(name as varchar) as name,
    cast(country as varchar) as country,
    cast(parent_entity_id as varchar) as parent_entity_id,
    cast(consolidation_approach as varchar) as consolidation_approach,
    cast(consolidation_share as double) as consolidation_share,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to
from {{ source('config', 'entities') }}
