-- Keys of hardware. Datacenter devices follow the normalised cost of the capacity that they serve, in their region;
-- workplace devices the hours of products and the footprint by cost centre (int_workplace_keys). An order follows the
-- device class in its first month.
with class_keys as (
    select
        claims.claim_id,
        claims.period_month,
        classes.key_rule
        || case
            when bool_or(usage.is_capacity_estimated) over (partition by claims.claim_id, claims.period_month) then '_estimated'
            else ''
        end as allocation_key,
        case when usage.is_priced then 'normalised cost' else 'kWh' end as key_unit,
        usage.normalised_cost as key_quantity,
        usage.document_sha256 as key_document_sha256,
        usage.* exclude (
            region_id, site_id, period_month, capacity, kwh, document_sha256, is_priced, is_capacity_estimated,
            price_per_kwh, normalised_cost
        )
    from {{ ref('int_claims') }} as claims
    inner join {{ ref('device_classes') }} as classes
        on claims.device_class = classes.device_class
    inner join {{ ref('int_site_regions') }} as regions
        on claims.site_id = regions.site_id
    inner join {{ ref('int_tenant_usage') }} as usage
        on regions.region_id = usage.region_id
        and claims.share_month = usage.period_month
        and classes.key_rule in (usage.capacity, 'it_energy')
    where claims.claim_kind in ('hardware', 'order')
),

workplace_keys as (
    select
        claims.claim_id,
        claims.period_month,
        workplaces.* exclude (claim_id, period_month)
    from {{ ref('int_claims') }} as claims
    inner join {{ ref('int_workplace_keys') }} as workplaces
        on workplaces.claim_id = 'hardware|' || claims.site_id || '|' || claims.device_class
        and workplaces.period_month = claims.share_month
    where
        claims.claim_kind in ('hardware', 'order')
        and not exists (
            select 1 from class_keys
            where class_keys.claim_id = claims.claim_id and class_keys.period_month = claims.period_month
        )
)

select * from class_keys
union all by name
select * from workplace_keys
