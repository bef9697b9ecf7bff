-- Step 7: everything that stands at our own sites, by region, datacenter, service, tenant and month. Amounts add up, so any
-- of the columns may be summed over; location and market, amortised and acquisition are views of the same and never added.
select
    slices.period_month,
    regions.region_id,
    slices.site_id,
    coalesce(claims.device_class, slices.part) as service,
    coalesce(slices.project_id, slices.boundary) as tenant_id,
    slices.project_id,
    slices.boundary,
    slices.allocation_part,
    slices.scope,
    slices.ghg_category,
    slices.part,
    slices.indicator,
    slices.accounting_basis,
    slices.recognition,
    fsum(slices.amount) as amount
from {{ ref('fct_emissions_allocated') }} as slices
inner join {{ ref('int_claims') }} as claims
    on slices.claim_id = claims.claim_id
    and slices.period_month = claims.period_month
inner join {{ ref('int_site_regions') }} as regions
    on slices.site_id = regions.site_id
group by all
