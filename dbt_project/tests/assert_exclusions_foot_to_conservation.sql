-- Every quantity that a check calls excluded is listed with a code, and nothing else is.
with listed as (
    select check_name, period_month, unit, fsum(quantity) as quantity
    from {{ ref('rpt_exclusions') }}
    where check_name not in ('estimate', 'job_energy')
    group by check_name, period_month, unit
),

excluded as (
    select check_name, period_month, unit, fsum(excluded) as quantity
    from {{ ref('rpt_conservation') }}
    group by check_name, period_month, unit
)

select *
from excluded
full outer join listed
    on excluded.check_name = listed.check_name
    and excluded.period_month = listed.period_month
    and excluded.unit is not distinct from listed.unit
where
    abs(coalesce(excluded.quantity, 0) - coalesce(listed.quantity, 0))
    > 1e-9 * greatest(abs(coalesce(excluded.quantity, 0)), 1)
