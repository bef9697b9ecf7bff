-- Core-hours of namespaces that each document states against what shares a node's energy.
with cores as (
    select
        source_id,
        document_sha256,
        min(delivery_id) as delivery_id,
        min(period_month) as period_month,
        fsum(cpu_core_hours) as stated
    from {{ ref('stg_opencost__namespace_days') }}
    group by source_id, document_sha256
),

shared as (
    select
        source_id,
        document_sha256,
        coalesce(fsum(core_hours) filter (where nodes is not null and not is_special), 0) as key_only,
        coalesce(fsum(core_hours) filter (where nodes is null or is_special), 0) as excluded
    from {{ ref('int_namespace_shares') }}
    group by source_id, document_sha256
)

select
    'cores' as check_name,
    cores.delivery_id,
    cores.document_sha256,
    cores.period_month,
    'core-hours' as measure,
    'core-hour' as unit,
    cores.stated,
    shared.key_only,
    shared.excluded,
    1e-9 * greatest(cores.stated, 1) as tolerance
from cores
left join shared
    on cores.source_id = shared.source_id
    and cores.document_sha256 = shared.document_sha256
