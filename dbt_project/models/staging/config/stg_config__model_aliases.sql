select
    cast(provider as varchar) as provider,
    cast(pattern as varchar) as pattern,
    cast(ecologits_provider as varchar) as ecologits_provider,
    cast(model as varchar) as model,
    cast(note as varchar) as note
from {{ source('config', 'model_aliases') }}
