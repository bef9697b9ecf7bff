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

usage as (
    select
        min(source_id) as source_id,
        thing_id,
        any_value({{ account_field('provider') }}) as account_field,
        any_value(account) as account,
        any_value(provider || '_service') as service_field,
        any_value(service) as service,
        any_value(service_group) as service_group,
        any_value(resource_group) as resource_group,
        any_value(labels) as labels,
        any_value(case is_ai when true then 'ai' when false then 'outside_ai' end) as service_boundary,
        any_value(lifecycle_phase) as service_phase,
        any_value(lifecycle_activity) as service_activity
    from {{ ref('int_cloud_usage') }}
    group by thing_id
),

labels as (
    select
        usage.source_id,
        usage.thing_id,
        lower(label.key) as label_key,
        min(json_extract_string(usage.labels, '$."' || label.key || '"')) as value
    from usage
    cross join unnest(json_keys(usage.labels)) as label(key)
    where usage.labels is not null
    group by usage.source_id, usage.thing_id, lower(label.key)
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
select source_id, thing_id, {{ account_field('provider') }} as field, sub_account as value from services
union all
select source_id, thing_id, provider || '_service' as field, service as value from services
union all
select source_id, thing_id, account_field as field, account as value from usage
union all
select source_id, thing_id, service_field as field, service as value from usage where service is not null
union all
{% for field in ['service_group', 'resource_group', 'service_boundary', 'service_phase', 'service_activity'] %}
select source_id, thing_id, '{{ field }}' as field, {{ field }} as value from usage where {{ field }} is not null
union all
{% endfor %}
select source_id, thing_id, 'label_' || label_key as field, value from labels
union all
select source_id, thing_id, 'explicit_phase' as field, lower(value) as value from labels where label_key = 'lifecycle_phase'
union all
select source_id, thing_id, 'cost_center' as field, cost_center as value from assets where cost_center is not null
union all
select source_id, thing_id, 'device_class' as field, device_class as value from assets
