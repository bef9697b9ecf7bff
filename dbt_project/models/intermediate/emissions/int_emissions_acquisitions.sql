-- Making, transport and end of life of devices by order line: whole in the month of the order, taken back where a credit
-- note returned them; an operating lease month by month. A return also takes back what was amortised until then, so
-- that both views of a device come to the same.
with acquired as (
    select
        acquisitions.claim_id,
        case acquisitions.unit when 'piece' then 'pieces' else 'leased' end
        || case when stages.has_stages then '_staged' else '' end as counted,
        'acquisition' as recognition,
        acquisitions.entry,
        acquisitions.period_month,
        acquisitions.unit,
        cast(sum(acquisitions.pieces) as double) as quantity,
        fsum(acquisitions.pieces * acquisitions.share_of_life * stages.amount_per_piece) as amount,
        {{ hardware_columns('stages') }}
    from {{ ref('int_acquisitions') }} as acquisitions
    inner join {{ ref('int_asset_stages') }} as stages
        on acquisitions.asset_id = stages.asset_id
    group by all
),

-- Of the whole life, not of the months in the file: what counted before its first month is taken back, too.
lives as (
    select asset_id, max(lifetime_months) as lifetime_months
    from {{ ref('int_asset_stays') }}
    group by asset_id
),

taken_back as (
    select
        concat_ws('|', 'hardware', stages.site_id, stages.device_class) as claim_id,
        'asset_months_returned' || case when stages.has_stages then '_staged' else '' end as counted,
        'amortised' as recognition,
        'correction' as entry,
        cast(date_trunc('month', stages.returned_date) as date) as period_month,
        'asset-month' as unit,
        -cast(sum(stages.quantity * months.counted) as double) as quantity,
        -fsum(stages.quantity * months.counted * stages.amount_per_piece / lives.lifetime_months) as amount,
        {{ hardware_columns('stages') }}
    from {{ ref('int_asset_stages') }} as stages
    inner join lives
        on stages.asset_id = lives.asset_id
    cross join lateral (
        select least(lives.lifetime_months, date_diff('month', stages.in_service_date, stages.returned_date)) as counted
    ) as months
    where
        stages.ownership != 'operating_lease'
        and months.counted > 0
        and date_trunc('month', stages.returned_date) in (select spine.period_month from {{ ref('int_months') }} as spine)
    group by all
),

posted as (
    select * from acquired
    union all by name
    select * from taken_back
)

select
    * exclude (counted, is_leased, indicator_unit, device_class),
    'lca' as estimate_id,
    concat_ws('|', claim_id, counted, lca_source) as activity_id,
    'hardware' as part,
    ['hardware'] as covers,
    'both' as accounting_basis,
    'unsplit' as gas,
    case when entry = 'correction' then 'return' when is_leased then 'lease' else 'purchase' end as activity_type,
    3 as scope,
    {{ hardware_category('is_leased', 'lca_stage') }} as ghg_category,
    'computed' as basis_origin,
    'unknown' as gwp_set,
    'mean:' || {{ business_key([
        'claim_id', 'counted', 'lca_source', 'period_month', 'lca_stage', 'recognition', 'indicator', 'entry'
    ]) }} as factor_id,
    amount / quantity as factor_value,
    indicator_unit || '/' || unit as factor_unit,
    cast(null as varchar) as factor_vintage,
    'hardware.' || lca_source as uncertainty_profile
from posted
