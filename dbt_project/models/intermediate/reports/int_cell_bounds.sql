-- Half-widths of every cell and window: one group adds linearly over its rows and months, groups in quadrature.
{% set cell = ['level', 'scope', 'ghg_category', 'lifecycle_phase', 'project_id', 'source_id', 'site_id', 'indicator',
               'basis', 'policy', 'total'] %}
with groups_by_month as (
    select
        {{ business_key(cell) }} as cell_id,
        cells.period_month,
        case components.uncertainty_group when 'claim' then cells.claim_id else components.uncertainty_group end as grp,
        components.kind,
        fsum(cells.amount * components.rel_low) as lo,
        fsum(cells.amount * components.rel_high) as hi
    from {{ ref('int_cells') }} as cells
    inner join {{ ref('dim_uncertainty') }} as components
        on cells.uncertainty_profile = components.profile
    group by all
),

key_errors_by_month as (
    select
        {{ business_key(cell) }} as cell_id,
        period_month,
        claim_id,
        fsum({{ key_error('key_rel', 'emission_amount', 'share') }}) as h
    from {{ ref('int_cells') }}
    group by all
),

sides as (
    select
        groups.cell_id,
        windows.window_name,
        windows.window_end,
        groups.kind,
        {{ upward('fsum(groups.lo)', 'fsum(groups.hi)') }} as up,
        {{ downward('fsum(groups.lo)', 'fsum(groups.hi)') }} as down
    from groups_by_month as groups
    inner join {{ ref('int_windows') }} as windows
        on groups.period_month = windows.period_month
    group by groups.cell_id, windows.window_name, windows.window_end, groups.kind, groups.grp
),

key_variances as (
    select
        cell_id,
        window_name,
        window_end,
        fsum(h * h) as key_variance
    from (
        select
            errors.cell_id,
            windows.window_name,
            windows.window_end,
            fsum(errors.h) as h
        from key_errors_by_month as errors
        inner join {{ ref('int_windows') }} as windows
            on errors.period_month = windows.period_month
        group by errors.cell_id, windows.window_name, windows.window_end, errors.claim_id
    ) as claims
    group by cell_id, window_name, window_end
)

select
    sides.cell_id,
    sides.window_name,
    sides.window_end,
    {{ half_width('sides.down', 'sides.kind', 'any_value(keys.key_variance)') }} as down,
    {{ half_width('sides.up', 'sides.kind', 'any_value(keys.key_variance)') }} as up
from sides
inner join key_variances as keys
    on sides.cell_id = keys.cell_id
    and sides.window_name = keys.window_name
    and sides.window_end = keys.window_end
group by sides.cell_id, sides.window_name, sides.window_end
