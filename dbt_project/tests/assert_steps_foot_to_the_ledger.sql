-- Step 6 and the ledger's own allocation of the same hardware, reached on two ways, by datacenter, tenant and month.
with both_ways as (
    select
        site_id,
        device_class,
        period_month,
        lca_stage,
        indicator,
        tenant_id,
        allocation_part,
        amount as steps,
        0 as ledger
    from {{ ref('int_tenant_emissions') }}
    union all by name
    select
        slices.site_id,
        claims.device_class,
        slices.period_month,
        slices.lca_stage,
        slices.indicator,
        coalesce(slices.project_id, slices.boundary) as tenant_id,
        slices.allocation_part,
        0 as steps,
        slices.amount as ledger
    from {{ ref('fct_emissions_allocated') }} as slices
    inner join {{ ref('int_claims') }} as claims
        on slices.claim_id = claims.claim_id
        and slices.period_month = claims.period_month
    where slices.activity_type = 'asset_month' and slices.allocation_key not in ('asset_footprint', 'device_hours', 'none')
)

select site_id, device_class, period_month, lca_stage, indicator, tenant_id, allocation_part
from both_ways
group by all
having abs(fsum(steps) - fsum(ledger)) > 1e-9 * greatest(fsum(steps), 1)
