select
    months.period_month,
    cast(year(months.period_month) as integer) as year,
    cast(month(months.period_month) as integer) as month,
    case
        when coalesce(bool_and(status.status in ('complete', 'restated', 'gap')), false) then 'final'
        else 'preliminary'
    end as data_status,
    coalesce(string_agg(status.source_id || '/' || status.request || ': ' || status.status, '; ' order by status.source_id)
    filter (where status.status in ('missing', 'unusable', 'incomplete')), '') as waiting_for
from {{ ref('int_months') }} as months
left join {{ ref('int_month_status') }} as status
    on months.period_month = status.period_month
group by months.period_month
