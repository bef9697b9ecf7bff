-- Sums of the ledger by level and window, with bounds. Bounds do not add: read a level, never sum one.
{% set cell = ['level', 'scope', 'ghg_category', 'lifecycle_phase', 'project_id', 'source_id', 'site_id', 'indicator',
               'basis', 'policy', 'total'] %}
{% set key = cell | join(', ') %}
with amounts_by_month as (
    select
        {{ key }},
        period_month,
        {{ business_key(cell) }} as cell_id,
        min(data_status != 'preliminary') as is_final,
        fsum(amount) as amount,
        coalesce(fsum(amount) filter (where tier = 'metered'), 0) as metered,
        max(list_position(['metered', 'provider_reported', 'a_posteriori', 'a_priori', 'spend'], tier)) as tier_rank
    from {{ ref('int_cells') }}
    group by all
),

amounts as (
    select
        {{ key }},
        months.cell_id,
        windows.window_name,
        windows.window_end,
        bool_and(months.is_final) as is_final,
        fsum(months.amount) as amount,
        fsum(months.metered) as metered,
        max(months.tier_rank) as tier_rank
    from amounts_by_month as months
    inner join {{ ref('int_windows') }} as windows
        on months.period_month = windows.period_month
    group by all
)

select
    amounts.level,
    amounts.window_end as period_month,
    amounts.scope,
    amounts.ghg_category,
    amounts.lifecycle_phase,
    amounts.project_id,
    amounts.source_id,
    amounts.site_id,
    amounts.indicator,
    amounts.basis as accounting_basis,
    amounts.policy as recognition,
    amounts.total,
    amounts.window_name as "window",
    amounts.amount,
    -- A sum of amounts that are never negative cannot be negative either.
    case when amounts.amount >= 0 then greatest(amounts.amount - half_widths.down, 0) else amounts.amount - half_widths.down end
    as amount_low,
    amounts.amount + half_widths.up as amount_high,
    case when amounts.amount = 0 then 0 else amounts.metered / amounts.amount end as share_metered,
    ['metered', 'provider_reported', 'a_posteriori', 'a_priori', 'spend'][amounts.tier_rank] as weakest_tier,
    case when amounts.is_final then 'final' else 'preliminary' end as data_status
from amounts
inner join {{ ref('int_cell_bounds') }} as half_widths
    on amounts.cell_id = half_widths.cell_id
    and amounts.window_name = half_widths.window_name
    and amounts.window_end = half_widths.window_end
