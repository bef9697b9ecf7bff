select
    cast(asset_id as varchar) as asset_id,
    cast(moved_on as date) as moved_on,
    cast(from_site_id as varchar) as from_site_id,
    cast(to_site_id as varchar) as to_site_id,
    cast(evidence as varchar) as evidence
from {{ source('config', 'asset_moves') }}
