-- What splits the making of devices that serve no datacenter: the footprint by cost centre; of a class that own staff on
-- site use a product with (usage_profiles.csv), first the product's hours of all hours that these devices are paid work
-- for. A slice of what the register holds, no kilogram of its own.
with cost_centers as (
    select
        'hardware|' || cohorts.site_id || '|' || cohorts.device_class as claim_id,
        cohorts.period_month,
        things.* exclude (thing_id, period_month),
        'direct' as allocation_part,
        min(cohorts.document_sha256) as document_sha256,
        fsum(cohorts.amount) as kg
    from {{ ref('int_hardware_cohorts') }} as cohorts
    inner join {{ ref('int_thing_months') }} as things
        on things.thing_id = concat_ws('|', 'asset', coalesce(cohorts.cost_center, '-'), cohorts.device_class)
        and things.period_month = cohorts.period_month
    where cohorts.indicator = 'gwp'
    group by all
),

paid as (
    select
        'hardware|' || months.site_id || '|' || months.device_class as claim_id,
        months.period_month,
        sum(months.quantity) * organization.paid_hours_per_month as paid_hours
    from {{ ref('int_asset_months') }} as months
    cross join {{ ref('stg_config__organization') }} as organization
    group by months.site_id, months.device_class, months.period_month, organization.paid_hours_per_month
),

uses as (
    select
        'hardware|' || site_id || '|' || device_class as claim_id,
        period_month,
        project_id,
        min(evidence) as evidence,
        min(document_sha256) as document_sha256,
        fsum(quantity * device_hours_per_request) as used_hours
    from {{ ref('int_usage') }}
    where who = 'own_staff_on_site' and what = 'device' and device_hours_per_request > 0
    group by site_id, device_class, period_month, project_id
),

-- Never more than the hours that there are.
products as (
    select
        uses.*,
        paid.paid_hours,
        uses.used_hours * least(
            1, paid.paid_hours / fsum(uses.used_hours) over (partition by uses.claim_id, uses.period_month)
        ) as hours
    from uses
    inner join paid
        on uses.claim_id = paid.claim_id
        and uses.period_month = paid.period_month
),

rest as (
    select claim_id, period_month, paid_hours - fsum(hours) as hours
    from products
    group by claim_id, period_month, paid_hours
)

select
    claim_id,
    period_month,
    'device_hours' as allocation_key,
    'hour' as key_unit,
    hours as key_quantity,
    document_sha256 as key_document_sha256,
    'shared_service' as allocation_part,
    'ai' as boundary,
    'usage_profile' as boundary_rule,
    'usage_profiles.csv: ' || evidence as boundary_evidence,
    project_id,
    'usage' as lifecycle_phase,
    'end_user_device' as lifecycle_activity,
    'usage_profile' as phase_rule,
    'usage_profiles.csv: own staff on site' as phase_evidence
from products
where hours > 0
union all by name
select
    cost_centers.* exclude (kg, document_sha256),
    case when rest.claim_id is null then 'asset_footprint' else 'device_hours' end as allocation_key,
    case when rest.claim_id is null then 'kg CO2e' else 'hour' end as key_unit,
    case
        when rest.claim_id is null then cost_centers.kg
        else rest.hours * cost_centers.kg
            / fsum(cost_centers.kg) over (partition by cost_centers.claim_id, cost_centers.period_month)
    end as key_quantity,
    cost_centers.document_sha256 as key_document_sha256
from cost_centers
left join rest
    on cost_centers.claim_id = rest.claim_id
    and cost_centers.period_month = rest.period_month
where rest.claim_id is null or rest.hours > 0
