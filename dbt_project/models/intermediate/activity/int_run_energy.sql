-- Energy of runs as a key of their site, where nothing measured it further out: a node's boards, processors or own meter,
-- else the jobs that Slurm ran on it. A run that names no node loses to any of these at its site, and to a tracker's file
-- of the same time: it is taken to tell of the same energy.
with slurm_nodes as (
    select distinct
        months.site_id,
        months.period_month,
        unnest(jobs.node_names) as node,
        months.tier
    from {{ ref('int_job_months') }} as months
    inner join {{ ref('stg_slurm__jobs') }} as jobs
        on months.document_sha256 = jobs.document_sha256
        and months.document_row = jobs.document_row
        and jobs.is_newest
    where
        months.kwh > 0
        and not exists (
            select 1 from {{ ref('int_board_hours') }} as boards
            where boards.site_id = months.site_id and boards.period_month = months.period_month
        )
),

measured as (
    select site_id, period_month, node, 'gpu' as component from {{ ref('int_board_hours') }}
    union
    select site_id, period_month, node, 'cpu' as component from {{ ref('int_node_energy') }}
    where used_as = 'key' and component = 'cpu'
    union
    select site_id, period_month, node, 'ram' as component from {{ ref('stg_prometheus__meter_hours') }}
    where level = 'cpu' and concat_ws(' ', metric, zone) like '%dram%'
    union
    select site_id, period_month, node, unnest(['gpu', 'cpu', 'ram']) as component from {{ ref('int_node_energy') }}
    where used_as = 'key' and component = 'node'
    union
    select site_id, period_month, lower(split_part(node, '.', 1)) as node, unnest(['gpu', 'cpu', 'ram']) as component
    from slurm_nodes
    where tier = 'metered'
    union
    select site_id, period_month, lower(split_part(node, '.', 1)) as node, 'gpu' as component
    from slurm_nodes
),

measured_sites as (
    select distinct site_id, period_month from measured
),

tracked as (
    select distinct concat_ws('|', 'run', logged.source_id, logged.request, logged.run_id) as thing_id
    from {{ ref('stg_mlflow__runs') }} as logged
    inner join {{ ref('stg_codecarbon__runs') }} as files
        on logged.site_id = files.site_id
        and logged.started_at <= files.ended_at
        and coalesce(logged.ended_at, logged.started_at) >= files.started_at
    where logged.is_newest and files.is_newest
),

runs as (
    select
        months.* exclude (reason),
        case
            when months.reason is not null then months.reason
            when measured.node is not null then 'inner_measure'
            when months.node is null and measured_sites.site_id is not null then 'inner_measure'
            when tracked.thing_id is not null then 'outranked'
        end as reason
    from {{ ref('int_run_months') }} as months
    left join measured
        on months.site_id = measured.site_id
        and months.period_month = measured.period_month
        and months.node = measured.node
        and months.component = measured.component
    left join measured_sites
        on months.site_id = measured_sites.site_id
        and months.period_month = measured_sites.period_month
    left join tracked
        on months.thing_id = tracked.thing_id
    where months.reason is distinct from 'other_period'
)

select
    period_month,
    site_id,
    node as device_id,
    run_key as job_id,
    cast(null as varchar) as claim_id,
    thing_id,
    component,
    'grid' as energy_source,
    case when reason is null then 'key' else 'loser' end as used_as,
    reason,
    tier,
    source_id,
    document_sha256,
    kwh
from runs
