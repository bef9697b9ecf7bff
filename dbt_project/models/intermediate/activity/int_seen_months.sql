-- Months in which boards and nodes were seen. A node's own meter tells of all in it; its processors are watched apart
-- where it has none. What a node's key holds, without boards and processors, is its energy.
with boards as (
    select
        source_id,
        site_id,
        'gpu' as component,
        device_id,
        period_month,
        min(hour_start) as first_hour,
        max(hour_start) as last_hour,
        fsum(seconds_seen) as seconds_seen,
        fsum(kwh) as kwh
    from {{ ref('stg_prometheus__gpu_hours') }}
    group by source_id, site_id, device_id, period_month
),

metered_nodes as (
    select distinct site_id, node from {{ ref('int_node_meters') }} where level = 'node' and reason is null
),

node_hours as (
    select
        meters.site_id,
        meters.level as component,
        meters.node as device_id,
        meters.period_month,
        meters.hour_start,
        min(meters.source_id) as source_id,
        max(meters.seconds_seen) as seconds_seen
    from {{ ref('int_node_meters') }} as meters
    left join metered_nodes
        on meters.site_id = metered_nodes.site_id
        and meters.node = metered_nodes.node
    where meters.reason is null and (meters.level = 'node' or (meters.level = 'cpu' and metered_nodes.node is null))
    group by meters.site_id, meters.level, meters.node, meters.period_month, meters.hour_start
),

node_months as (
    select
        site_id,
        component,
        device_id,
        period_month,
        min(source_id) as source_id,
        min(hour_start) as first_hour,
        max(hour_start) as last_hour,
        fsum(seconds_seen) as seconds_seen
    from node_hours
    group by site_id, component, device_id, period_month
),

node_energy as (
    select
        site_id,
        component,
        node as device_id,
        period_month,
        fsum(kwh) as kwh
    from {{ ref('int_node_energy') }}
    where used_as = 'key'
    group by site_id, component, node, period_month
)

select * from boards
union all by name
select
    node_months.*,
    node_energy.kwh
from node_months
left join node_energy
    on node_months.site_id = node_energy.site_id
    and node_months.component = node_energy.component
    and node_months.device_id = node_energy.device_id
    and node_months.period_month = node_energy.period_month
