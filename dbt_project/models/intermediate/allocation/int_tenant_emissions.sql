-- Step 6: tenant = usage × factor. The tenant is a project, else the boundary that its use stands in.
select
    factors.region_id,
    factors.site_id,
    factors.device_class,
    factors.period_month,
    factors.lca_stage,
    factors.indicator,
    factors.unit,
    coalesce(usage.project_id, usage.boundary) as tenant_id,
    usage.project_id,
    usage.boundary,
    usage.allocation_part,
    fsum(usage.normalised_cost) as normalised_cost,
    fsum(usage.normalised_cost * factors.amount_per_unit) as amount
from {{ ref('int_region_factors') }} as factors
inner join {{ ref('int_tenant_usage') }} as usage
    on factors.region_id = usage.region_id
    and factors.period_month = usage.period_month
    and factors.key_rule in (usage.capacity, 'it_energy')
group by all
