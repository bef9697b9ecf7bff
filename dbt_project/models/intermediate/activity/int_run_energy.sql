-- Energy of runs as a key of their site, where nothing measured it further out: a node's boards, processors or own meter,
-- else Slurm's plugin (what is estimated of jobs stands behind). A run that names no node loses to any of these at its
-- site, and to a tracker's file of the same time: it is taken to tell of the same energy.
with plugin_nodes as (
    select distinct site_id, period_month, node
    from {{ ref('int_job_energy') }}
    where used_as = 'key' and component = 'job'
),

measured as (
    select site_id, period_month, node, component, measured_by from {{ ref('int_measured_nodes') }}
    union all
    select
        plugin_nodes.site_id,
        plugin_nodes.period_month,
        plugin_nodes.node,
        part.component,
        'job' as measured_by
    from plugin_nodes
    cross join (values ('gpu'), ('cpu'), ('ram')) as part(component)
    anti join {{ ref('int_measured_nodes') }} as sensors
        on plugin_nodes.site_id = sensors.site_id
        and plugin_nodes.period_month = sensors.period_month
        and plugin_nodes.node = sensors.node
        and part.component = sensors.component
),

measured_sites as (
    select site_id, period_month, min(measured_by) as measured_by
    from (
        select site_id, period_month, measured_by from measured
        union all
        select site_id, period_month, 'job' as measured_by from {{ ref('int_job_energy') }} where used_as = 'key'
    ) as told
    group by site_id, period_month
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
        end as reason,
        case
            when months.reason = 'covered_by' then 'statement'
            when months.reason is not null then 'run'
            when measured.node is not null then measured.measured_by
            when months.node is null and measured_sites.site_id is not null then measured_sites.measured_by
            when tracked.thing_id is not null then 'run'
        end as covered_by
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
    covered_by,
    tier,
    source_id,
    document_sha256,
    kwh
from runs
