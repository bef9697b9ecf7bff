-- Gross scopes of the year for ESRS E1-6, IT only: capital goods whole in the month of purchase.
select
    cast(year(monthly.period_month) as integer) as year,
    monthly.period_month as up_to_month,
    case when monthly.level = 'scope' then 'scope_' || monthly.scope else 'category_' || monthly.ghg_category end as line,
    monthly.scope,
    monthly.ghg_category,
    monthly.accounting_basis,
    monthly.amount,
    monthly.amount_low,
    monthly.amount_high,
    monthly.data_status
from {{ ref('rpt_monthly') }} as monthly
inner join (
    select max(period_month) as period_month
    from {{ ref('int_months') }}
    group by year(period_month)
) as last_months
    on monthly.period_month = last_months.period_month
where
    monthly.level in ('scope', 'category')
    and monthly."window" = 'ytd'
    and monthly.total = 'it'
    and monthly.recognition = 'acquisition'
    and monthly.indicator = 'gwp'
