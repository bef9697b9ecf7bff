-- Whose fuel and refrigerant it is: the slices of each way to share it.
with ways as (
    select * from {{ ref('int_equipment_ways') }}
),

whole as (
    select
        claim_id,
        period_month,
        'none' as allocation_key,
        cast(null as varchar) as key_unit,
        1.0 as key_quantity,
        cast(null as varchar) as key_document_sha256,
        boundary,
        case when evidence is null then 'use' else 'equipment' end as boundary_rule,
        coalesce(evidence, use || ', not in equipment.csv') as boundary_evidence,
        project_id,
        case
            when boundary in ('outside_ai', 'outside_it') then 'not_ai'
            else coalesce(lifecycle_phase, 'unattributed')
        end as lifecycle_phase,
        lifecycle_activity,
        case when lifecycle_phase is null then 'none' else 'equipment' end as phase_rule,
        coalesce(evidence, use || ', not in equipment.csv') as phase_evidence,
        'direct' as allocation_part
    from ways
    where boundary is not null
),

slices as (
    select
        ways.claim_id,
        ways.it_share,
        fsum(case when slices.is_it_feed then slices.kwh end)
            over (partition by ways.claim_id, ways.period_month) as it_kwh,
        slices.*
    from ways
    inner join {{ ref('int_site_slices') }} as slices
        on ways.site_id = slices.site_id
        and ways.period_month = slices.period_month
    where ways.boundary is null and (ways.it_share is null or slices.is_it_feed)
),

shared as (
    select
        slices.claim_id,
        {{ site_energy_key('balance') }} as allocation_key,
        case when slices.it_share is null then 'kWh' else 'share' end as key_unit,
        case when slices.it_share is null then slices.kwh else slices.it_share * slices.kwh / slices.it_kwh end
        as key_quantity,
        slices.document_sha256 as key_document_sha256,
        slices.* exclude (claim_id, it_share, it_kwh, kwh, document_sha256, is_board, is_it_feed, site_id)
    from slices
    inner join {{ ref('int_site_balance') }} as balance
        on slices.site_id = balance.site_id
        and slices.period_month = balance.period_month
),

-- The configured share: what does not serve IT, and the IT part of a site and month without any known kWh.
configured as (
    select
        ways.claim_id,
        ways.period_month,
        coalesce(min(shared.allocation_key), 'site_energy_undecided') as allocation_key,
        'share' as key_unit,
        side.boundary,
        case side.boundary when 'outside_it' then 1 - any_value(ways.it_share) else any_value(ways.it_share) end
        as key_quantity,
        cast(null as varchar) as key_document_sha256,
        'equipment' as boundary_rule,
        any_value(ways.evidence) as boundary_evidence,
        cast(null as varchar) as project_id,
        case side.boundary when 'outside_it' then 'not_ai' else 'unattributed' end as lifecycle_phase,
        cast(null as varchar) as lifecycle_activity,
        'none' as phase_rule,
        any_value(ways.evidence) as phase_evidence,
        'direct' as allocation_part
    from ways
    cross join (values ('outside_it'), ('unattributed')) as side(boundary)
    left join shared
        on ways.claim_id = shared.claim_id
        and ways.period_month = shared.period_month
    where ways.boundary is null and ways.it_share is not null
    group by ways.claim_id, ways.period_month, side.boundary
    having side.boundary = 'outside_it' or count(shared.claim_id) = 0
)

select * from whole
union all by name
select * from shared
union all by name
select * from configured
where key_quantity > 0
