-- Making, transport and end of life of devices, twice over and never added: amortised over the policy's lifetime by
-- site and device class, and whole in the month of the order. The factor is a mean with its own record.
with amortised as (
    select
        'hardware|' || months.site_id || '|' || months.device_class as claim_id,
        case when stages.has_stages then 'asset_months_staged' else 'asset_months' end as counted,
        'amortised' as recognition,
        months.period_month,
        months.site_id,
        months.device_class,
        stages.lca_stage,
        stages.lca_source,
        stages.indicator,
        stages.unit as indicator_unit,
        'asset-month' as unit,
        max(stages.source_id) as source_id,
        max(stages.delivery_id) as delivery_id,
        min(stages.document_sha256) as document_sha256,
        max(stages.retrieved_at) as retrieved_at,
        cast(null as varchar) as asset_id,
        cast(sum(stages.quantity) as double) as quantity,
        fsum(stages.quantity * stages.amount_per_piece / months.lifetime_months) as amount
    from {{ ref('int_asset_months') }} as months
    inner join {{ ref('int_asset_stages') }} as stages
        on months.asset_id = stages.asset_id
    group by all
),

acquired as (
    select
        concat_ws('|', 'order', stages.order_id, stages.order_line) as claim_id,
        case when stages.has_stages then 'pieces_staged' else 'pieces' end as counted,
        'acquisition' as recognition,
        cast(date_trunc('month', stages.order_date) as date) as period_month,
        min(stages.site_id) as site_id,
        min(stages.device_class) as device_class,
        stages.lca_stage,
        stages.lca_source,
        stages.indicator,
        stages.unit as indicator_unit,
        'piece' as unit,
        max(stages.source_id) as source_id,
        max(stages.delivery_id) as delivery_id,
        min(stages.document_sha256) as document_sha256,
        max(stages.retrieved_at) as retrieved_at,
        case when count(*) = 1 then min(stages.asset_id) end as asset_id,
        cast(sum(stages.quantity) as double) as quantity,
        fsum(stages.quantity * stages.amount_per_piece) as amount
    from {{ ref('int_asset_stages') }} as stages
    where date_trunc('month', stages.order_date) in (select spine.period_month from {{ ref('int_months') }} as spine)
    group by
        stages.order_id, stages.order_line, stages.has_stages, date_trunc('month', stages.order_date),
        stages.lca_stage, stages.lca_source, stages.indicator, stages.unit
),

counted as (
    select * from amortised
    union all by name
    select * from acquired
)

select
    claim_id,
    'lca' as estimate_id,
    concat_ws('|', claim_id, counted, lca_source) as activity_id,
    period_month,
    'hardware' as part,
    ['hardware'] as covers,
    indicator,
    'both' as accounting_basis,
    recognition,
    'unsplit' as gas,
    lca_stage,
    source_id,
    delivery_id,
    document_sha256,
    retrieved_at,
    case when recognition = 'amortised' then 'asset_month' else 'purchase' end as activity_type,
    quantity,
    unit,
    site_id,
    asset_id,
    3 as scope,
    case when lca_stage = 'end_of_life' then '3.5' else '3.2' end as ghg_category,
    'computed' as basis_origin,
    'unknown' as gwp_set,
    amount,
    'mean:' || {{ business_key(['claim_id', 'counted', 'lca_source', 'period_month', 'lca_stage', 'recognition', 'indicator']) }}
    as factor_id,
    amount / quantity as factor_value,
    indicator_unit || '/' || unit as factor_unit,
    cast(null as varchar) as factor_vintage,
    'hardware.' || lca_source as uncertainty_profile
from counted
