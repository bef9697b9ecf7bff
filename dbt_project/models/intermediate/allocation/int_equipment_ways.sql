-- How fuel and refrigerant of a claim and month are shared: `boundary` is all of it, else `it_share` of the site's IT
-- kWh, else the site's kWh as the meter has them. Without configuration heating is not IT and a vehicle is nobody's in
-- particular; a generator and a cooling machine follow the site.
with claims as (
    select distinct claim_id, period_month, site_id, equipment_id, use
    from {{ ref('int_fuel_months') }}
    where excluded_code is null
    union all
    select distinct claim_id, period_month, site_id, equipment_id, 'cooling' as use
    from {{ ref('int_refrigerant_moves') }}
    where used_as = 'leak' and excluded_code is null
)

-- One way for a claim and month, should one machine be logged under two uses.
select
    claims.claim_id,
    claims.period_month,
    claims.site_id,
    equipment.it_share,
    equipment.evidence,
    equipment.project_id,
    equipment.lifecycle_phase,
    equipment.lifecycle_activity,
    case
        when equipment.boundary is not null then equipment.boundary
        when equipment.it_share is null and claims.use = 'heating' then 'outside_it'
        when equipment.it_share is null and claims.use = 'vehicle' then 'unattributed'
    end as boundary,
    claims.use
from claims
left join {{ ref('stg_config__equipment') }} as equipment
    on claims.site_id = equipment.site_id
    and claims.equipment_id = equipment.equipment_id
    and claims.period_month >= date_trunc('month', coalesce(equipment.valid_from, claims.period_month))
    and claims.period_month <= coalesce(equipment.valid_to, claims.period_month)
qualify row_number() over (
    partition by claims.claim_id, claims.period_month
    order by equipment.valid_from desc nulls last, claims.use asc
) = 1
