-- Use of products on devices and over networks that no bill or register holds: requests × kWh per request × grid
-- factor. Own staff at home is 3.7, customers' and sold devices 3.11, networks 3.1; own devices outside any bill are
-- scope 2 with their upstream in 3.3.
select
    usage.claim_id,
    'footing.usage' as estimate_id,
    usage.claim_id || '|requests' as activity_id,
    usage.period_month,
    factors.part,
    case
        when factors.factor_boundary = 'lifecycle' then ['electricity', 'energy_upstream', 'grid_losses']
        else [factors.part]
    end as covers,
    'gwp' as indicator,
    factors.posted_basis as accounting_basis,
    'flow' as recognition,
    'unsplit' as gas,
    'use' as lca_stage,
    usage.source_id,
    usage.delivery_id,
    usage.document_sha256,
    usage.document_row,
    usage.retrieved_at,
    'product_use' as activity_type,
    usage.quantity,
    'request' as unit,
    concat_ws('|', usage.project_id, usage.who, usage.grid_zone, usage.source_id, coalesce(usage.site_id, '-')) as resource_id,
    usage.grid_zone as region,
    case
        when usage.what = 'device' and usage.who = 'own_device' and factors.part = 'electricity' then 2 else 3
    end as scope,
    case
        when usage.what = 'network' then '3.1'
        when usage.who = 'own_staff_at_home' then '3.7'
        when usage.who in ('customers', 'sold_device') then '3.11'
        when factors.part = 'electricity' then '2.electricity'
        else '3.3'
    end as ghg_category,
    factors.basis_origin,
    factors.gwp_set,
    usage.quantity * usage.kwh_per_request * factors.value as amount,
    factors.factor_id,
    usage.kwh_per_request * factors.value as factor_value,
    'kg CO2e/request' as factor_unit,
    cast(year(factors.valid_from) as varchar) as factor_vintage,
    usage.profile_factor_id as chain_key,
    'usage.' || factors.factor_boundary
    || case when factors.basis_origin = 'substituted' then '.substituted' else '' end
    || ':' || factors.grid_zone as uncertainty_profile
from {{ ref('int_usage') }} as usage
inner join {{ ref('int_posted_factors') }} as factors
    on usage.grid_zone = factors.grid_zone
    and usage.period_month = factors.period_month
    and factors.indicator = 'gwp'
where usage.who != 'own_staff_on_site' and usage.quantity > 0
