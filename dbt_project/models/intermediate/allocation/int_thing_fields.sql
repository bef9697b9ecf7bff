-- What the rules can look at: each thing that uses something, its fields and their values.
with jobs as (
    select
        source_id,
        concat_ws('|', 'job', site_id, job_id) as thing_id,
        comment,
        comment_phase,
        account,
        job_name,
        slurm_partition
    from {{ ref('stg_slurm__jobs') }}
    where is_newest
    qualify row_number() over (partition by thing_id order by submit_at desc) = 1
),

pods as (
    select distinct
        source_id,
        concat_ws('|', 'pod', site_id, namespace, pod) as thing_id,
        namespace,
        pod
    from {{ ref('stg_prometheus__gpu_hours') }}
    where job_id is null and (pod is not null or namespace is not null)
),

services as (
    select distinct
        source_id,
        claim_id as thing_id,
        provider,
        sub_account,
        service
    from {{ ref('int_statement_lines') }}
),

assets as (
    select distinct
        source_id,
        concat_ws('|', 'asset', coalesce(cost_center, '-'), device_class) as thing_id,
        cost_center,
        device_class
    from {{ ref('stg_asset_register__assets') }}
)

select source_id, thing_id, 'comment' as field, comment as value from jobs where comment is not null
union all
select source_id, thing_id, 'account' as field, account as value from jobs where account is not null
union all
select source_id, thing_id, 'job_name' as field, job_name as value from jobs where job_name is not null
union all
select source_id, thing_id, 'partition' as field, slurm_partition as value from jobs where slurm_partition is not null
union all
select source_id, thing_id, 'explicit_phase' as field, comment_phase as value from jobs where comment_phase is not null
union all
select source_id, thing_id, 'namespace' as field, namespace as value from pods where namespace is not null
union all
select source_id, thing_id, 'pod' as field, pod as value from pods where pod is not null
union all
select source_id, thing_id, provider || '_project' as field, sub_account as value from services
union all
select source_id, thing_id, provider || '_service' as field, service as value from services
union all
select source_id, thing_id, 'cost_center' as field, cost_center as value from assets where cost_center is not null
union all
select source_id, thing_id, 'device_class' as field, device_class as value from assets
