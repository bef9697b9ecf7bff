-- Emissions of billed cloud usage: `footing.harmonised` where a statement is silent (and as comparison where it
-- speaks), `footing.trailing` where a statement is missing: harmonised × the claim's own ratio of the months before;
-- `footing.backcast` where an older model states no scope 3: harmonised × the ratio under the newer model.
with harmonised as (
    select
        claim_id,
        'footing.harmonised' as estimate_id,
        concat_ws('|', claim_id, hardware_id, grid_zone) as activity_id,
        period_month,
        part,
        covers,
        accounting_basis,
        case part when 'hardware' then 'embodied' when 'unsplit' then 'unsplit' else 'use' end as lca_stage,
        source_id,
        delivery_id,
        document_sha256,
        document_row,
        retrieved_at,
        quantity,
        unit,
        account,
        region,
        provider,
        service,
        case when treatment = 'stated' and part = 'electricity' and is_fill then 'substituted' else basis_origin end
        as basis_origin,
        gwp_set,
        factor_id,
        factor_value,
        factor_unit,
        cast(year(valid_from) as varchar) as factor_vintage,
        concat_ws('|', hardware_id, pue) as chain_key,
        uncertainty_profile,
        tier,
        is_fill as gap_fill
    from {{ ref('int_cloud_fills') }}
),

unscaled as (
    select
        fills.claim_id,
        fills.period_month,
        basis.basis as accounting_basis,
        any_value(fills.account) as account,
        any_value(fills.region) as region,
        any_value(fills.provider) as provider,
        any_value(fills.service) as service,
        max(fills.source_id) as source_id,
        max(fills.delivery_id) as delivery_id,
        max(fills.retrieved_at) as retrieved_at,
        fsum(fills.quantity * fills.factor_value) as quantity
    from {{ ref('int_cloud_fills') }} as fills
    cross join unnest({{ bases_of('fills.accounting_basis') }}) as basis(basis)
    where fills.treatment = 'preliminary'
    group by fills.claim_id, fills.period_month, basis.basis
),

bridges as (
    select
        unscaled.*,
        'footing.trailing' as estimate_id,
        [
            'fuel', 'refrigerant', 'electricity', 'heat_cooling', 'energy_upstream', 'grid_losses', 'hardware', 'buildings'
        ] as covers,
        ratios.ratio,
        ratios.last_month
    from unscaled
    inner join {{ ref('int_cloud_ratios') }} as ratios
        on unscaled.claim_id = ratios.claim_id
        and unscaled.period_month = ratios.period_month
        and unscaled.accounting_basis = ratios.accounting_basis
    union all by name
    select * exclude (months, first_month), 'footing.backcast' as estimate_id
    from {{ ref('int_cloud_backcasts') }}
),

bridged as (
    select
        * exclude (ratio, last_month),
        concat_ws('|', claim_id, estimate_id, accounting_basis) as activity_id,
        'unsplit' as part,
        'unsplit' as lca_stage,
        'kg CO2e' as unit,
        'computed' as basis_origin,
        'unknown' as gwp_set,
        {{ ratio_id('estimate_id') }} as factor_id,
        ratio as factor_value,
        'kg CO2e/kg CO2e' as factor_unit,
        cast(year(last_month) as varchar) as factor_vintage,
        'trailing:' || provider as uncertainty_profile,
        'a_posteriori' as tier,
        true as gap_fill
    from bridges
),

rows as (
    select * from harmonised
    union all by name
    select * from bridged
)

select
    rows.* exclude (account),
    'gwp' as indicator,
    'flow' as recognition,
    'unsplit' as gas,
    'cloud_usage' as activity_type,
    rows.account as resource_id,
    3 as scope,
    organization.cloud_scope_category as ghg_category,
    rows.quantity * rows.factor_value as amount
from rows
cross join {{ ref('stg_config__organization') }} as organization
where rows.quantity > 0
