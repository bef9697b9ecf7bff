-- Direct use of a site's IT kWh: metered boards or jobs and declared loads, scaled to the IT part when they exceed it.
select
    energy.period_month,
    energy.site_id,
    energy.component in ('gpu', 'node', 'job') as is_board,
    coalesce(slices.boundary, 'unattributed') as boundary,
    coalesce(slices.boundary_rule, 'none') as boundary_rule,
    coalesce(slices.boundary_evidence, 'no rule matches') as boundary_evidence,
    slices.project_id,
    coalesce(slices.lifecycle_phase, 'unattributed') as lifecycle_phase,
    slices.lifecycle_activity,
    coalesce(slices.phase_rule, 'none') as phase_rule,
    coalesce(slices.phase_evidence, 'no rule matches') as phase_evidence,
    min(energy.document_sha256) as document_sha256,
    fsum(energy.kwh * balance.key_scale) as kwh
from {{ ref('int_energy') }} as energy
inner join {{ ref('int_site_balance') }} as balance
    on energy.period_month = balance.period_month
    and energy.site_id = balance.site_id
left join {{ ref('int_thing_months') }} as slices
    on energy.thing_id = slices.thing_id
    and energy.period_month = slices.period_month
where energy.used_as = 'key' and energy.thing_id is not null
group by all
