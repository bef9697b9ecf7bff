-- The key of every claim and month: what splits it, in which unit, on which evidence. One key per claim and month.
with meter_claims as (
    select distinct claims.claim_id, claims.period_month, claims.site_id
    from {{ ref('int_claims') }} as claims
    where claims.claim_kind = 'meter'
),

site_keys as (
    select
        meter_claims.claim_id,
        case
            when balance.key_kwh = 0 then 'site_energy_undecided'
            when balance.has_boards and balance.lost_kwh > 0.25 * balance.gpu_kwh then 'site_energy_estimated'
            when balance.has_boards and balance.lost_kwh > 0 then 'site_energy_partly_metered'
            when balance.has_boards then 'site_energy_metered'
            else 'site_energy_estimated'
        end as allocation_key,
        'kWh' as key_unit,
        slices.kwh as key_quantity,
        slices.document_sha256 as key_document_sha256,
        slices.* exclude (kwh, document_sha256, is_board, site_id)
    from meter_claims
    inner join {{ ref('int_site_slices') }} as slices
        on meter_claims.site_id = slices.site_id
        and meter_claims.period_month = slices.period_month
    inner join {{ ref('int_site_balance') }} as balance
        on meter_claims.site_id = balance.site_id
        and meter_claims.period_month = balance.period_month
),

cloud_keys as (
    select * from {{ ref('int_cloud_keys') }}
),

service_keys as (
    select
        claims.claim_id,
        'none' as allocation_key,
        cast(null as varchar) as key_unit,
        1.0 as key_quantity,
        cast(null as varchar) as key_document_sha256,
        'direct' as allocation_part,
        things.* exclude (thing_id)
    from {{ ref('int_claims') }} as claims
    inner join {{ ref('int_thing_months') }} as things
        on claims.claim_id = things.thing_id
        and claims.period_month = things.period_month
    where
        claims.claim_kind = 'statement'
        and not exists (
            select 1 from cloud_keys
            where cloud_keys.claim_id = claims.claim_id and cloud_keys.period_month = claims.period_month
        )
),

hardware_keys as (
    select * from {{ ref('int_hardware_keys') }}
)

select * from site_keys
union all by name
select * from cloud_keys
union all by name
select * from service_keys
union all by name
select * from hardware_keys
