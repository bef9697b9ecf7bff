select
    cast(source_id as varchar) as source_id,
    cast(request as varchar) as request
from {{ source('config', 'requests') }}
