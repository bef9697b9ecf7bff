-- What runs behind each billed unit: the best rule of cloud_hardware (a machine's name before a meter's text) whose
-- quantity the billed unit counts. Figures are per billed unit: '100 Hours' is a hundred hours.
with descriptors as (
    select distinct
        provider,
        coalesce(service, '-') as service,
        coalesce(sku_meter, '-') as sku_meter,
        coalesce(instance_type, '-') as instance_type,
        coalesce(usage_unit, '-') as usage_unit
    from {{ ref('stg_focus__usage') }}
    where excluded_code is null
),

measured as (
    select
        descriptors.*,
        units.dimension,
        units.per_unit * coalesce(try_cast(regexp_extract(descriptors.usage_unit, '^[0-9.]+') as double), 1) as per_billed_unit
    from descriptors
    inner join {{ ref('usage_units') }} as units
        on units.unit = lower(trim(regexp_replace(descriptors.usage_unit, '^[0-9.]+', '')))
),

fields as (
    select *, 'instance_type' as match_field, instance_type as match_value from measured
    union all by name
    select *, 'sku_meter' as match_field, sku_meter as match_value from measured
    union all by name
    select *, 'service' as match_field, service as match_value from measured
)

select
    fields.provider,
    fields.service,
    fields.sku_meter,
    fields.instance_type,
    fields.usage_unit,
    'hardware.' || {{ business_key(['hardware.provider', 'hardware.match_field', 'hardware.pattern', 'fields.per_billed_unit']) }}
    as hardware_id,
    fields.match_value as hardware_name,
    hardware.kwh_per_unit * fields.per_billed_unit as kwh_per_unit,
    hardware.embodied_kg_per_unit * fields.per_billed_unit as embodied_kg_per_unit,
    hardware.uncertainty_rel,
    case when hardware.gpus > 0 then 'accelerated' else 'plain' end as machine,
    hardware.basis,
    hardware.source,
    hardware.licence,
    hardware.valid_from
from fields
inner join {{ ref('cloud_hardware') }} as hardware
    on fields.provider = hardware.provider
    and fields.match_field = hardware.match_field
    and fields.dimension = case
        when hardware.quantity_kind in ('instance_hours', 'gpu_hours', 'vcpu_hours', 'acu_hours') then 'hours'
        when hardware.quantity_kind = 'vcpu_seconds' then 'seconds'
        else hardware.quantity_kind
    end
    and regexp_full_match(fields.match_value, hardware.pattern, 'i')
where hardware.valid_to is null
qualify row_number() over (
    partition by fields.provider, fields.service, fields.sku_meter, fields.instance_type, fields.usage_unit
    order by hardware.priority, hardware.match_field, hardware.pattern
) = 1
