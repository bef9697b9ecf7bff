-- Which months a window holds: the month itself, the year so far, and twelve months back where all twelve exist.
with months as (
    select
        period_month,
        min(period_month) over () as first_month
    from {{ ref('int_months') }}
)

select 'month' as window_name, ends.period_month as window_end, ends.period_month as period_month
from months as ends
union all
select 'ytd' as window_name, ends.period_month as window_end, members.period_month
from months as ends
inner join months as members
    on year(ends.period_month) = year(members.period_month)
    and members.period_month <= ends.period_month
union all
select 'r12' as window_name, ends.period_month as window_end, members.period_month
from months as ends
inner join months as members
    on members.period_month <= ends.period_month
    and members.period_month > ends.period_month - interval '12' month
where ends.period_month >= ends.first_month + interval '11' month
