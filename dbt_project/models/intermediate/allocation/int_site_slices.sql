-- A site's kWh by slice. Direct: metered boards and declared loads, scaled to the IT part when they exceed it. Idle
-- boards: shared by the direct board kWh of those that use them (policy), else undecided. What no key explains of
-- the IT part is undecided. Cooling, UPS and network overhead follows every IT kWh alike; the rest is not IT.
with uses as (
    select * from {{ ref('int_site_uses') }}
),

board_totals as (
    select
        period_month,
        site_id,
        fsum(kwh) as board_kwh
    from uses
    where is_board
    group by period_month, site_id
),

direct as (
    select * exclude (kwh), 'direct' as allocation_part, kwh
    from uses
),

idle as (
    select
        balance.period_month,
        balance.site_id,
        true as is_board,
        coalesce(uses.boundary, 'unattributed') as boundary,
        coalesce(uses.boundary_rule, 'none') as boundary_rule,
        coalesce(uses.boundary_evidence, 'no direct use to follow') as boundary_evidence,
        uses.project_id,
        coalesce(uses.lifecycle_phase, 'unattributed') as lifecycle_phase,
        'idle' as lifecycle_activity,
        coalesce(uses.phase_rule, 'none') as phase_rule,
        coalesce(uses.phase_evidence, 'no direct use to follow') as phase_evidence,
        min(uses.document_sha256) as document_sha256,
        'idle' as allocation_part,
        fsum(balance.gpu_idle_kwh * balance.key_scale * coalesce(uses.kwh / board_totals.board_kwh, 1)) as kwh
    from {{ ref('int_site_balance') }} as balance
    cross join {{ ref('stg_config__organization') }} as organization
    left join board_totals
        on balance.period_month = board_totals.period_month
        and balance.site_id = board_totals.site_id
    left join uses
        on balance.period_month = uses.period_month
        and balance.site_id = uses.site_id
        and uses.is_board
        and organization.idle_boards = 'shared'
    where balance.gpu_idle_kwh > 0
    group by all
),

undecided as (
    select
        period_month,
        site_id,
        false as is_board,
        'unattributed' as boundary,
        'none' as boundary_rule,
        'IT kWh that no meter, board or declared load explains' as boundary_evidence,
        cast(null as varchar) as project_id,
        'unattributed' as lifecycle_phase,
        cast(null as varchar) as lifecycle_activity,
        'none' as phase_rule,
        'IT kWh that no meter, board or declared load explains' as phase_evidence,
        cast(null as varchar) as document_sha256,
        'direct' as allocation_part,
        it_kwh - key_kwh * key_scale as kwh
    from {{ ref('int_site_balance') }}
    where it_kwh - key_kwh * key_scale > it_kwh * 1e-12
),

it as (
    select *, boundary != 'outside_it' as is_it_feed from direct
    union all by name
    select *, boundary != 'outside_it' as is_it_feed from idle
    union all by name
    select *, true as is_it_feed from undecided
),

overhead as (
    select
        it.* exclude (allocation_part, kwh),
        'overhead' as allocation_part,
        it.kwh * balance.overhead_kwh / balance.it_kwh as kwh
    from it
    inner join {{ ref('int_site_balance') }} as balance
        on it.period_month = balance.period_month
        and it.site_id = balance.site_id
    where balance.overhead_kwh > 0
)

select * from it
union all by name
select * from overhead
union all by name
select * from {{ ref('int_site_outside') }}
