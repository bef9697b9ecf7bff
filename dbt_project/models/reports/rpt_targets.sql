-- The straight line from the base period's monthly mean to the target month, beside what was emitted.
with actuals as (
    select *
    from {{ ref('rpt_monthly') }}
    where level = 'total' and indicator = 'gwp'
),

bases as (
    select
        targets.target_id,
        fsum(actuals.amount) / count(*) as monthly_mean
    from {{ ref('stg_config__targets') }} as targets
    inner join actuals
        on targets.total = actuals.total
        and targets.accounting_basis = actuals.accounting_basis
    cross join {{ ref('stg_config__organization') }} as organization
    where
        actuals."window" = 'month'
        and actuals.recognition = organization.recognition
        and actuals.period_month between targets.base_from and targets.base_to
    group by targets.target_id
),

lines as (
    select
        targets.*,
        bases.monthly_mean,
        months.period_month,
        bases.monthly_mean * (
            1 - targets.reduction
            * greatest(date_diff('month', targets.base_to, months.period_month), 0)
            / date_diff('month', targets.base_to, targets.target_month)
        ) as target_amount
    from {{ ref('stg_config__targets') }} as targets
    inner join bases
        on targets.target_id = bases.target_id
    cross join {{ ref('int_months') }} as months
),

windowed as (
    select
        lines.target_id,
        lines.name,
        lines.name_fr,
        lines.total,
        lines.accounting_basis,
        windows.window_end as period_month,
        windows.window_name,
        lines.monthly_mean,
        count(*) as months,
        fsum(lines.target_amount) as target_amount
    from lines
    inner join {{ ref('int_windows') }} as windows
        on lines.period_month = windows.period_month
    group by all
)

select
    windowed.target_id,
    windowed.name,
    windowed.name_fr,
    windowed.total,
    windowed.accounting_basis,
    organization.recognition,
    windowed.period_month,
    windowed.window_name as "window",
    windowed.monthly_mean * windowed.months as base_amount,
    windowed.target_amount,
    actuals.amount as actual_amount,
    actuals.amount_low as actual_low,
    actuals.amount_high as actual_high,
    actuals.amount <= windowed.target_amount as is_on_track
from windowed
cross join {{ ref('stg_config__organization') }} as organization
left join actuals
    on windowed.total = actuals.total
    and windowed.accounting_basis = actuals.accounting_basis
    and windowed.period_month = actuals.period_month
    and windowed.window_name = actuals."window"
    and organization.recognition = actuals.recognition
