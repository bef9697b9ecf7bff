-- Electricity of sites in the location basis, and its upstream and losses, which do not depend on the basis. Direct
-- factors post scope 2, upstream and losses 3.3; a lifecycle factor posts scope 2 alone and covers the upstream.
select
    activities.claim_id,
    activities.estimate_id,
    activities.activity_id,
    activities.period_month,
    factors.part,
    {{ electricity_covers('factors.part', "factors.factor_boundary = 'lifecycle'") }} as covers,
    factors.indicator,
    factors.posted_basis as accounting_basis,
    'flow' as recognition,
    'unsplit' as gas,
    'use' as lca_stage,
    activities.source_id,
    activities.delivery_id,
    activities.document_sha256,
    activities.document_row,
    activities.retrieved_at,
    'electricity_use' as activity_type,
    activities.quantity,
    'kWh' as unit,
    activities.site_id,
    activities.resource_id,
    activities.grid_zone as region,
    activities.provider,
    case when factors.part = 'electricity' then activities.use_scope else 3 end as scope,
    case when factors.part = 'electricity' then activities.use_category else activities.upstream_category end
    as ghg_category,
    factors.basis_origin,
    factors.gwp_set,
    activities.quantity * factors.value as amount,
    factors.factor_id,
    factors.value as factor_value,
    factors.unit as factor_unit,
    cast(year(factors.valid_from) as varchar) as factor_vintage,
    activities.profile || '.' || factors.factor_boundary || ':' || factors.grid_zone as uncertainty_profile
from {{ ref('int_electricity_use') }} as activities
inner join {{ ref('int_posted_factors') }} as factors
    on activities.grid_zone = factors.grid_zone
    and activities.period_month = factors.period_month
where factors.posted_basis != 'market'
