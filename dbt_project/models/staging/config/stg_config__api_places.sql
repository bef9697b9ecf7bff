select
    cast(provider as varchar) as provider,
    cast(account as varchar) as account,
    cast(grid_zone as varchar) as grid_zone,
    cast(pue as double) as pue,
    cast(cloud_account as varchar) as cloud_account,
    cast(evidence as varchar) as evidence
from {{ source('config', 'api_places') }}
