-- Energy of nodes; what nobody was seen to hold on a Kubernetes cluster's nodes goes to its namespaces by their cores. The
-- part of idle and unallocated cores stays idle.
with told as (
    select distinct site_id, period_month, node
    from {{ ref('int_node_energy') }}
    where component = 'cpu' and used_as = 'key' and thing_id like 'pod|%'
),

clusters as (
    select distinct source_id, site_id, period_month, cluster, nodes
    from {{ ref('int_namespace_shares') }}
    where nodes is not null and share is not null
),

nodes as (
    select
        energy.site_id,
        energy.period_month,
        energy.node,
        clusters.source_id as share_source_id,
        clusters.cluster
    from (select distinct site_id, period_month, node from {{ ref('int_node_energy') }}) as energy
    inner join clusters
        on energy.site_id = clusters.site_id
        and energy.period_month = clusters.period_month
        and regexp_full_match(energy.node, clusters.nodes)
    where not exists (
        select 1 from told
        where told.site_id = energy.site_id and told.period_month = energy.period_month and told.node = energy.node
    )
    -- A node belongs to one cluster.
    qualify row_number() over (
        partition by energy.site_id, energy.period_month, energy.node order by clusters.source_id, clusters.cluster
    ) = 1
),

left_over as (
    select
        energy.*,
        nodes.share_source_id,
        nodes.cluster
    from {{ ref('int_node_energy') }} as energy
    left join nodes
        on energy.site_id = nodes.site_id
        and energy.period_month = nodes.period_month
        and energy.node = nodes.node
        and energy.used_as = 'key'
        and energy.thing_id is null
)

select
    left_over.* exclude (share_source_id, cluster) replace (
        coalesce(shares.thing_id, left_over.thing_id) as thing_id,
        left_over.kwh * coalesce(shares.share, 1) as kwh
    )
from left_over
left join {{ ref('int_namespace_shares') }} as shares
    on left_over.share_source_id = shares.source_id
    and left_over.site_id = shares.site_id
    and left_over.period_month = shares.period_month
    and left_over.cluster = shares.cluster
    and shares.share > 0
