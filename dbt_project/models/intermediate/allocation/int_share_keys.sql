-- The key of every claim and month: what splits it, in which unit, on which evidence. One key per claim and month.
with meter_claims as (
    select distinct claims.claim_id, claims.period_month, claims.site_id, claims.claim_kind
    from {{ ref('int_claims') }} as claims
    where claims.claim_kind in ('meter', 'water', 'cooling')
),

site_keys as (
    select
        meter_claims.claim_id,
        {{ site_energy_key('balance') }} as allocation_key,
        'kWh' as key_unit,
        slices.kwh as key_quantity,
        slices.document_sha256 as key_document_sha256,
        slices.* exclude (kwh, document_sha256, is_board, is_it_feed, site_id)
    from meter_claims
    inner join {{ ref('int_site_slices') }} as slices
        on meter_claims.site_id = slices.site_id
        and meter_claims.period_month = slices.period_month
        and (meter_claims.claim_kind != 'cooling' or slices.is_it_feed)
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

-- One account's calls of one model: its output tokens by who called.
token_keys as (
    select
        usage.claim_id,
        'output_tokens' as allocation_key,
        'Mtoken' as key_unit,
        usage.output_mtoken as key_quantity,
        usage.document_sha256 as key_document_sha256,
        case when things.lifecycle_phase = 'transversal' then 'shared_service' else 'direct' end as allocation_part,
        things.* exclude (thing_id)
    from {{ ref('int_token_usage') }} as usage
    inner join {{ ref('int_thing_months') }} as things
        on usage.thing_id = things.thing_id
        and usage.period_month = things.period_month
    where usage.output_mtoken > 0 and (usage.excluded_code is null or usage.excluded_code = 'covered_by')
),

hardware_keys as (
    select * from {{ ref('int_hardware_keys') }}
),

purchase_keys as (
    select
        purchases.claim_id,
        'none' as allocation_key,
        cast(null as varchar) as key_unit,
        1.0 as key_quantity,
        purchases.document_sha256 as key_document_sha256,
        'direct' as allocation_part,
        things.* exclude (thing_id)
    from {{ ref('int_purchases') }} as purchases
    inner join {{ ref('int_thing_months') }} as things
        on purchases.thing_id = things.thing_id
        and purchases.period_month = things.period_month
    where purchases.excluded_code is null
),

equipment_keys as (
    select * from {{ ref('int_equipment_keys') }}
)

select * from site_keys
union all by name
select * from {{ ref('int_heat_keys') }}
union all by name
select * from cloud_keys
union all by name
select * from service_keys
union all by name
select * from hardware_keys
union all by name
select * from purchase_keys
union all by name
select * from token_keys
union all by name
select * from equipment_keys
union all by name
select * from {{ ref('int_usage_keys') }}
