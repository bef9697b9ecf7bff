-- Keys of hardware. Datacenter devices follow the normalised cost of the capacity that they serve, in their region;
-- workplace devices the footprint by cost centre. An order follows the device class in its first month.
with cost_centers as (
    select
        'hardware|' || cohorts.site_id || '|' || cohorts.device_class as claim_id,
        cohorts.period_month,
        things.* exclude (thing_id, period_month),
        min(cohorts.document_sha256) as document_sha256,
        fsum(cohorts.amount) as kg
    from {{ ref('int_hardware_cohorts') }} as cohorts
    inner join {{ ref('int_thing_months') }} as things
        on things.thing_id = concat_ws('|', 'asset', coalesce(cohorts.cost_center, '-'), cohorts.device_class)
        and things.period_month = cohorts.period_month
    where cohorts.indicator = 'gwp'
    group by all
),

class_keys as (
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

footprint_keys as (
    select
        claims.claim_id,
        claims.period_month,
        'asset_footprint' as allocation_key,
        'kg CO2e' as key_unit,
        cost_centers.kg as key_quantity,
        cost_centers.document_sha256 as key_document_sha256,
        'direct' as allocation_part,
        cost_centers.* exclude (claim_id, period_month, kg, document_sha256)
    from {{ ref('int_claims') }} as claims
    inner join cost_centers
        on cost_centers.claim_id = 'hardware|' || claims.site_id || '|' || claims.device_class
        and cost_centers.period_month = claims.share_month
    where
        claims.claim_kind in ('hardware', 'order')
        and not exists (
            select 1 from class_keys
            where class_keys.claim_id = claims.claim_id and class_keys.period_month = claims.period_month
        )
)

select * from class_keys
union all by name
select * from footprint_keys
