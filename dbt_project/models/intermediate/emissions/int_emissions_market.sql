-- Electricity of sites in the market basis, one row per activity and instrument and one for what no instrument covers.
select
    claim_id,
    estimate_id,
    activity_id,
    period_month,
    'electricity' as part,
    {{ electricity_covers("'electricity'", 'is_unsplit') }} as covers,
    'gwp' as indicator,
    'market' as accounting_basis,
    'flow' as recognition,
    'unsplit' as gas,
    'use' as lca_stage,
    source_id,
    delivery_id,
    document_sha256,
    document_row,
    retrieved_at,
    'electricity_use' as activity_type,
    quantity,
    'kWh' as unit,
    site_id,
    resource_id,
    grid_zone as region,
    provider,
    use_scope as scope,
    use_category as ghg_category,
    basis_origin,
    gwp_set,
    quantity * factor_value as amount,
    factor_id,
    factor_value,
    factor_unit,
    factor_vintage,
    instrument_id,
    case
        when basis_origin != 'substituted' then profile || '.' || factor_boundary
        when profile = 'meter' then 'market.' || factor_boundary
        else profile || '.' || factor_boundary || '.substituted'
    end || ':' || grid_zone as uncertainty_profile
from {{ ref('int_market_quantities') }}
