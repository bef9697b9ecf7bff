-- Nodes whose inner meters show more in a month than the one around them, beyond the tolerance: boards and processors more
-- than the node's own meter, or pods more than their processors. Within it the outer meter counts and takes from the inner.
with nodes as (
    select
        site_id,
        node,
        component,
        period_month,
        coalesce(fsum(kwh) filter (where reason = 'inner_measure'), 0) as inner_kwh,
        -- A node's key is its rest, a processor's holds its pods.
        coalesce(fsum(kwh) filter (where used_as = 'key'), 0) + case component when 'node' then inner_kwh else 0 end as outer_kwh
    from {{ ref('int_node_energy') }}
    where component in ('cpu', 'node')
    group by site_id, node, component, period_month
)

select nodes.*
from nodes
cross join {{ ref('stg_config__organization') }} as organization
where nodes.inner_kwh > nodes.outer_kwh * (1 + organization.key_tolerance)
