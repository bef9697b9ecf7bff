-- What the rules can look at: each thing that uses something, its fields and their values.
with services as (
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

select source_id, thing_id, field, value from {{ ref('int_cluster_fields') }}
union all
select source_id, thing_id, field, value from {{ ref('int_run_fields') }}
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
