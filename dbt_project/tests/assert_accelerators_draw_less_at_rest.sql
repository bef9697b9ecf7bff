-- An accelerator at rest draws less than its nameplate, and more than nothing.
select *
from {{ ref('accelerator_watts') }}
where not (idle_watts > 0 and idle_watts < watts and memory_gb > 0)
