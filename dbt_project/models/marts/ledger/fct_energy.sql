select
    energy.period_month,
    energy.site_id,
    energy.device_id,
    energy.job_id,
    energy.claim_id,
    energy.component,
    energy.energy_source,
    energy.used_as,
    energy.reason,
    energy.covered_by,
    slices.project_id,
    slices.boundary,
    slices.lifecycle_phase,
    cast(energy.kwh as double) as kwh,
    energy.tier,
    energy.source_id,
    energy.document_sha256
from {{ ref('int_energy') }} as energy
left join {{ ref('int_thing_months') }} as slices
    on energy.thing_id = slices.thing_id
    and energy.period_month = slices.period_month
