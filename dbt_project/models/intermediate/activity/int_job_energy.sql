-- Energy of Slurm's jobs as a key of their site, node by node and part by part, where no sensor measured it. What the
-- plugin recorded stands before CodeCarbon's runs, what is estimated by hours × power behind them: for as long as a run
-- was tracked on the node its reading counts.
with parts as (
    select * from {{ ref('int_job_months') }} where kwh > 0
),

-- Slurm's names of nodes must be the exporters'. Where no name agrees, all boards are taken to be the jobs'.
board_sites as (
    select
        measured.site_id,
        measured.period_month,
        bool_or(parts.node is not null) as is_named_alike
    from {{ ref('int_measured_nodes') }} as measured
    left join (select distinct site_id, period_month, node from parts) as parts
        on measured.site_id = parts.site_id
        and measured.period_month = parts.period_month
        and measured.node = parts.node
    where measured.component = 'gpu'
    group by measured.site_id, measured.period_month
),

sensed as (
    select
        parts.*,
        min(measured.measured_by) as measured_by
    from parts
    left join {{ ref('int_measured_nodes') }} as measured
        on parts.site_id = measured.site_id
        and parts.period_month = measured.period_month
        and parts.node = measured.node
        and (parts.component = measured.component or parts.component = 'job')
    group by all
),

judged as (
    select
        sensed.* exclude (measured_by),
        coalesce(
            sensed.measured_by,
            case
                when not board_sites.is_named_alike and sensed.alloc_gpus > 0 and sensed.component in ('gpu', 'job') then 'gpu'
            end
        ) as measured_by
    from sensed
    left join board_sites
        on sensed.site_id = board_sites.site_id
        and sensed.period_month = board_sites.period_month
),

ranked as (
    select
        *,
        component != 'job' and bool_or(component = 'job' and measured_by is null) over (
            partition by document_sha256, document_row, period_month, node
        ) as has_plugin
    from judged
),

shared as (
    select
        ranked.*,
        case
            when ranked.measured_by is not null then 0
            else coalesce(tracked.seconds / date_diff('second', ranked.since_at, ranked.until_at), 0)
        end as run_share
    from ranked
    left join {{ ref('int_job_tracked') }} as tracked
        on ranked.document_sha256 = tracked.document_sha256
        and ranked.document_row = tracked.document_row
        and ranked.period_month = tracked.period_month
        and ranked.node = tracked.node
        and ranked.component = tracked.component
    -- Where the plugin counts there is nothing to estimate.
    where not ranked.has_plugin
),

judgements as (
    select
        *,
        case when measured_by is not null then 'inner_measure' end as reason,
        measured_by as covered_by,
        kwh * (1 - run_share) as part_kwh
    from shared
    union all
    select *, 'outranked' as reason, 'run' as covered_by, kwh * run_share as part_kwh
    from shared
)

select
    source_id,
    document_sha256,
    site_id,
    period_month,
    node,
    job_id,
    component,
    tier,
    case when reason is null then 'key' else 'loser' end as used_as,
    reason,
    covered_by,
    fsum(part_kwh) as kwh
from judgements
where part_kwh > 0
group by all
