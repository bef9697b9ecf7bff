-- Carbon budgets by project, phase and year against the year so far.
with spent as (
    select *
    from {{ ref('rpt_monthly') }}
    where level = 'project_phase' and "window" = 'ytd' and total = 'ai' and indicator = 'gwp'
),

last_months as (
    select year(period_month) as year, max(period_month) as period_month
    from {{ ref('int_months') }}
    group by year(period_month)
)

select
    budgets.project_id,
    budgets.lifecycle_phase,
    cast(budgets.year as integer) as year,
    last_months.period_month,
    budgets.accounting_basis,
    organization.recognition,
    cast(budgets.amount_kg_co2e as double) as budget_amount,
    coalesce(spent.amount, 0) as spent_amount,
    coalesce(spent.amount_low, 0) as spent_low,
    coalesce(spent.amount_high, 0) as spent_high,
    coalesce(spent.amount, 0) / budgets.amount_kg_co2e as share_spent
from {{ ref('stg_config__budgets') }} as budgets
cross join {{ ref('stg_config__organization') }} as organization
inner join last_months
    on budgets.year = last_months.year
left join spent
    on budgets.project_id = spent.project_id
    and budgets.lifecycle_phase = spent.lifecycle_phase
    and budgets.accounting_basis = spent.accounting_basis
    and last_months.period_month = spent.period_month
    and organization.recognition = spent.recognition
where budgets.amount_kg_co2e > 0
