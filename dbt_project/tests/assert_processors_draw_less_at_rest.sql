-- A processor at rest draws less than its thermal design power, and more than nothing.
select *
from {{ ref('processor_watts') }}
where not (idle_watts > 0 and idle_watts < watts)
