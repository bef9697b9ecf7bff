-- Energy that a provider measures of its own machines, by claim of its statement, run and month: never an amount of ours. It
-- splits the claim only where it is complete: the claim's bill holds accelerated machines alone, and the hours seen of
-- boards are at least 95 % of those billed.
with hours as (
    select
        *,
        regexp_replace(resource_id, '/onlineendpoints/.*$', '') as workspace_id,
        coalesce(run_id, nullif(regexp_extract(resource_id, '/onlineendpoints/(.*)$', 1), '')) as run_key
    from {{ ref('stg_azure_monitor__gpu_hours') }}
    where period_month in (select months.period_month from {{ ref('int_months') }} as months)
),

runs as (
    select
        source_id,
        min(delivery_id) as delivery_id,
        document_sha256,
        period_month,
        concat_ws('|', 'azure', split_part(workspace_id, '/', 3), workspace_id) as claim_id,
        instance_id,
        run_key,
        concat_ws('|', 'run', source_id, coalesce(run_key, '-')) as thing_id,
        fsum(kwh) as kwh,
        sum(minutes_seen) / 60 as board_hours
    from hours
    group by all
),

seen as (
    select claim_id, period_month, fsum(board_hours) as board_hours from runs group by claim_id, period_month
),

billed as (
    select
        claim_id,
        period_month,
        bool_and(machine is not distinct from 'accelerated' and gpus_per_unit > 0) as is_accelerated,
        fsum(usage_quantity * gpus_per_unit) as gpu_hours
    from {{ ref('int_cloud_usage') }}
    group by claim_id, period_month
)

select
    runs.*,
    coalesce(billed.is_accelerated and seen.board_hours >= 0.95 * billed.gpu_hours, false) as is_complete
from runs
inner join seen
    on runs.claim_id = seen.claim_id
    and runs.period_month = seen.period_month
left join billed
    on runs.claim_id = billed.claim_id
    and runs.period_month = billed.period_month
