select
    cast(source_id as varchar) as source_id,
    cast(request as varchar) as request,
    cast(site_id as varchar) as site_id
from {{ source('config', 'requests') }}
