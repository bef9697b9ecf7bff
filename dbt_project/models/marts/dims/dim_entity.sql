select
    entity_id,
    name,
    country,
    parent_entity_id,
    consolidation_approach,
    cast(consolidation_share as double) as consolidation_share,
    valid_from,
    valid_to
from {{ ref('stg_config__entities') }}
