select *
from {{ ref('fct_allocation') }}
where (lifecycle_phase = 'not_ai') != (boundary in ('outside_ai', 'outside_it'))
