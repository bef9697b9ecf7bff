-- Each namespace's share of a Kubernetes cluster's cores in a month, idle and unallocated cores beside them. It is used
-- where the source names the cluster's nodes (option `nodes`) and Kepler did not tell their pods apart.
select
    source_id,
    document_sha256,
    site_id,
    period_month,
    cluster,
    nodes,
    namespace,
    is_special,
    case when not is_special then concat_ws('|', 'namespace', source_id, cluster, namespace) end as thing_id,
    fsum(cpu_core_hours) as core_hours,
    fsum(cpu_core_hours)
    / nullif(fsum(fsum(cpu_core_hours)) over (partition by source_id, site_id, period_month, cluster), 0) as share
from {{ ref('stg_opencost__namespace_days') }}
group by source_id, document_sha256, site_id, period_month, cluster, nodes, namespace, is_special
