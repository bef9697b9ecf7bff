-- Step 5: the region's footprint per unit of usage, by device class and life-cycle stage. Each datacenter's part of it
-- stands on a row of its own: the factor of the region is their sum.
with totals as (
    select
        usage.region_id,
        usage.period_month,
        classes.device_class,
        fsum(usage.normalised_cost) as regional_usage
    from {{ ref('int_tenant_usage') }} as usage
    inner join {{ ref('device_classes') }} as classes
        on classes.key_rule in (usage.capacity, 'it_energy')
    group by usage.region_id, usage.period_month, classes.device_class
)

select
    hardware.region_id,
    hardware.site_id,
    hardware.device_class,
    hardware.key_rule,
    hardware.period_month,
    hardware.lca_stage,
    hardware.indicator,
    hardware.unit,
    hardware.amount,
    totals.regional_usage,
    hardware.amount / totals.regional_usage as amount_per_unit
from {{ ref('int_region_hardware') }} as hardware
inner join totals
    on hardware.region_id = totals.region_id
    and hardware.period_month = totals.period_month
    and hardware.device_class = totals.device_class
where totals.regional_usage > 0
