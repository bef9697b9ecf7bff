select
    cast(site_id as varchar) as site_id,
    cast(region_id as varchar) as region_id,
    cast(evidence as varchar) as evidence
from {{ source('config', 'regions') }}
