-- What each billed service is: the taxonomy's best rule (lowest priority) on service code, service, meter or resource
-- type. The statement's name for it comes from the best rule that gives one. What meets no rule is unclassified.
with descriptors as (
    select distinct
        provider,
        coalesce(service, '-') as service,
        coalesce(service_code, '-') as service_code,
        coalesce(sku_meter, '-') as sku_meter,
        coalesce(resource_type, '-') as resource_type
    from {{ ref('stg_focus__usage') }}
    where excluded_code is null
),

fields as (
    select *, 'service' as match_field, service as match_value from descriptors
    union all by name
    select *, 'service_code' as match_field, service_code as match_value from descriptors
    union all by name
    select *, 'sku_meter' as match_field, sku_meter as match_value from descriptors
    union all by name
    select *, 'resource_type' as match_field, resource_type as match_value from descriptors
),

matches as (
    select
        fields.* exclude (match_field, match_value),
        taxonomy.is_ai,
        taxonomy.lifecycle_activity,
        taxonomy.lifecycle_phase,
        taxonomy.service_group,
        taxonomy.statement_service,
        'taxonomy: ' || fields.match_field || ' ' || fields.match_value as evidence,
        row_number() over (
            partition by
                fields.provider, fields.service, fields.service_code, fields.sku_meter, fields.resource_type
            order by taxonomy.priority, taxonomy.match_field, taxonomy.pattern
        ) as choice
    from fields
    inner join {{ ref('service_taxonomy') }} as taxonomy
        on fields.provider = taxonomy.provider
        and fields.match_field = taxonomy.match_field
        and regexp_full_match(fields.match_value, taxonomy.pattern, 'i')
),

chosen as (
    select
        provider,
        service,
        service_code,
        sku_meter,
        resource_type,
        max(is_ai) filter (where choice = 1) as is_ai,
        max(lifecycle_activity) filter (where choice = 1) as lifecycle_activity,
        max(lifecycle_phase) filter (where choice = 1) as lifecycle_phase,
        max(service_group) filter (where choice = 1) as service_group,
        max(evidence) filter (where choice = 1) as evidence,
        arg_min(statement_service, choice) filter (where statement_service is not null) as statement_service
    from matches
    group by provider, service, service_code, sku_meter, resource_type
)

select
    descriptors.*,
    chosen.is_ai,
    chosen.lifecycle_activity,
    chosen.lifecycle_phase,
    coalesce(chosen.service_group, 'Unclassified') as service_group,
    coalesce(chosen.statement_service, descriptors.service) as statement_service,
    chosen.evidence,
    chosen.evidence is not null as is_classified
from descriptors
left join chosen
    on descriptors.provider = chosen.provider
    and descriptors.service = chosen.service
    and descriptors.service_code = chosen.service_code
    and descriptors.sku_meter = chosen.sku_meter
    and descriptors.resource_type = chosen.resource_type
