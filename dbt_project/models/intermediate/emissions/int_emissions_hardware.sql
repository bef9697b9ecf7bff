-- Making, transport and end of life of devices, amortised over their lives by site and device class. The factor is a
-- mean with its own record. The other view, never added, is int_emissions_acquisitions.
with amortised as (
    select
        'hardware|' || site_id || '|' || device_class as claim_id,
        case when has_stages then 'asset_months_staged' else 'asset_months' end
        || case when ownership = 'operating_lease' then '_leased' else '' end as counted,
        ownership = 'operating_lease' as is_leased,
        'amortised' as recognition,
        period_month,
        site_id,
        device_class,
        lca_stage,
        lca_source,
        indicator,
        unit as indicator_unit,
        'asset-month' as unit,
        max(source_id) as source_id,
        max(delivery_id) as delivery_id,
        min(document_sha256) as document_sha256,
        max(retrieved_at) as retrieved_at,
        cast(null as varchar) as asset_id,
        sum(quantity) as quantity,
        fsum(amount) as amount
    from {{ ref('int_hardware_cohorts') }}
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
