-- Which parts of a node a sensor measured in a month: boards, processors, memory, or all of it by the node's own meter.
with sensors as (
    select site_id, period_month, node, 'gpu' as component, 'gpu' as measured_by from {{ ref('int_board_hours') }}
    union all
    select site_id, period_month, node, 'cpu' as component, 'cpu' as measured_by from {{ ref('int_node_energy') }}
    where used_as = 'key' and component = 'cpu'
    union all
    select site_id, period_month, node, 'ram' as component, 'cpu' as measured_by
    from {{ ref('stg_prometheus__meter_hours') }}
    where level = 'cpu' and concat_ws(' ', metric, zone) like '%dram%'
    union all
    select site_id, period_month, node, unnest(['gpu', 'cpu', 'ram']) as component, 'node' as measured_by
    from {{ ref('int_node_energy') }}
    where used_as = 'key' and component = 'node'
)

select
    site_id,
    period_month,
    node,
    component,
    min(measured_by) as measured_by
from sensors
group by site_id, period_month, node, component
