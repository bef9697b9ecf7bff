-- Step 3: datacenters to region. What the hardware that serves a region takes of its life in a month, by the datacenter
-- where it stands. Workplace devices serve nobody but their cost centre and stay out.
select
    regions.region_id,
    cohorts.site_id,
    cohorts.device_class,
    classes.key_rule,
    cohorts.period_month,
    cohorts.lca_stage,
    cohorts.indicator,
    cohorts.unit,
    fsum(cohorts.amount) as amount
from {{ ref('int_hardware_cohorts') }} as cohorts
inner join {{ ref('device_classes') }} as classes
    on cohorts.device_class = classes.device_class
inner join {{ ref('int_site_regions') }} as regions
    on cohorts.site_id = regions.site_id
where classes.key_rule != 'asset_footprint'
group by all
