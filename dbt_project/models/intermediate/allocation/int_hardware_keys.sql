-- Keys of hardware. GPU servers follow the board kWh of their site; other datacenter devices the rest of the site's
-- IT kWh; workplace devices the footprint by cost centre. An order follows the device class in its first month.
with energy_slices as (
    select
        *,
        case when is_board then 'gpu_energy' else 'other_it_energy' end as key_rule
    from {{ ref('int_site_slices') }}
    where allocation_part in ('direct', 'idle') and boundary != 'outside_it'
),

cost_centers as (
    select
        'hardware|' || stages.site_id || '|' || stages.device_class as claim_id,
        months.period_month,
        things.* exclude (thing_id, period_month),
        min(stages.document_sha256) as document_sha256,
        fsum(stages.amount_per_piece * stages.quantity / months.lifetime_months) as kg
    from {{ ref('int_asset_stages') }} as stages
    inner join {{ ref('int_asset_months') }} as months
        on stages.asset_id = months.asset_id
    inner join {{ ref('int_thing_months') }} as things
        on things.thing_id = concat_ws('|', 'asset', coalesce(stages.cost_center, '-'), stages.device_class)
        and things.period_month = months.period_month
    where stages.indicator = 'gwp'
    group by all
),

class_keys as (
    select
        claims.claim_id,
        claims.period_month,
        case
            when classes.key_rule = 'gpu_energy' and not balance.has_boards then 'gpu_energy_estimated'
            else classes.key_rule
        end as allocation_key,
        'kWh' as key_unit,
        slices.kwh as key_quantity,
        slices.document_sha256 as key_document_sha256,
        slices.* exclude (kwh, document_sha256, is_board, site_id, period_month, key_rule)
    from {{ ref('int_claims') }} as claims
    inner join {{ ref('device_classes') }} as classes
        on claims.device_class = classes.device_class
    inner join energy_slices as slices
        on claims.site_id = slices.site_id
        and claims.share_month = slices.period_month
        and classes.key_rule = slices.key_rule
    inner join {{ ref('int_site_balance') }} as balance
        on claims.site_id = balance.site_id
        and claims.share_month = balance.period_month
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
