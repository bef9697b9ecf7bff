-- Making, transport and end of life of devices, amortised over the policy's lifetime by site and device class. The
-- factor is a mean with its own record. The other view, never added, is int_emissions_acquisitions.
with amortised as (
    select
        'hardware|' || months.site_id || '|' || months.device_class as claim_id,
        case when stages.has_stages then 'asset_months_staged' else 'asset_months' end
        || case when stages.ownership = 'operating_lease' then '_leased' else '' end as counted,
        stages.ownership = 'operating_lease' as is_leased,
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
    'asset_month' as activity_type,
    quantity,
    unit,
    site_id,
    asset_id,
    3 as scope,
    {{ hardware_category('is_leased', 'lca_stage') }} as ghg_category,
    'computed' as basis_origin,
    'unknown' as gwp_set,
    amount,
    'mean:' || {{ business_key(['claim_id', 'counted', 'lca_source', 'period_month', 'lca_stage', 'recognition', 'indicator']) }}
    as factor_id,
    amount / quantity as factor_value,
    indicator_unit || '/' || unit as factor_unit,
    cast(null as varchar) as factor_vintage,
    'hardware.' || lca_source as uncertainty_profile
from amortised
