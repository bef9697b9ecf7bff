-- Purchased heat, steam and cooling: direct factors in scope 2, upstream and network losses in 3.3; a lifecycle factor
-- covers all of it in scope 2. They do not depend on the accounting basis. At home of staff 3.7, at customers 3.11, in a
-- colocation the operator's 3.8.
with bills as (
    select
        claim_id,
        site_id,
        meter_id,
        kind,
        supplier,
        period_month,
        max(source_id) as source_id,
        max(delivery_id) as delivery_id,
        case when count(distinct document_sha256) = 1 then min(document_sha256) end as document_sha256,
        case when count(*) = 1 then min(document_row) end as document_row,
        max(retrieved_at) as retrieved_at,
        fsum(kwh) as quantity
    from {{ ref('int_heat_months') }}
    where excluded_code is null
    group by claim_id, site_id, meter_id, kind, supplier, period_month
),

placed as (
    select
        bills.*,
        sites.country,
        case sites.control
            when 'colocation' then '3.8'
            when 'employee_home' then '3.7'
            when 'customer' then '3.11'
        end as their_category
    from bills
    inner join {{ ref('stg_config__sites') }} as sites
        on bills.site_id = sites.site_id
)

select
    placed.claim_id,
    'utility_bill' as estimate_id,
    placed.claim_id || '|' || coalesce(placed.supplier, '-') || '|kwh' as activity_id,
    placed.period_month,
    factors.part,
    case
        when factors.factor_boundary = 'lifecycle' then ['heat_cooling', 'energy_upstream', 'grid_losses'] else [factors.part]
    end as covers,
    'gwp' as indicator,
    'both' as accounting_basis,
    'flow' as recognition,
    'unsplit' as gas,
    'use' as lca_stage,
    placed.source_id,
    placed.delivery_id,
    placed.document_sha256,
    placed.document_row,
    placed.retrieved_at,
    placed.kind || '_use' as activity_type,
    placed.quantity,
    'kWh' as unit,
    placed.site_id,
    placed.meter_id as resource_id,
    placed.country as region,
    placed.supplier as provider,
    case when placed.their_category is null and factors.part = 'heat_cooling' then 2 else 3 end as scope,
    coalesce(placed.their_category, case when factors.part = 'heat_cooling' then '2.' || placed.kind else '3.3' end)
    as ghg_category,
    'computed' as basis_origin,
    factors.gwp_set,
    placed.quantity * factors.value as amount,
    factors.factor_id,
    factors.value as factor_value,
    factors.unit as factor_unit,
    cast(year(factors.valid_from) as varchar) as factor_vintage,
    'meter.' || factors.factor_boundary || ':' || factors.geography as uncertainty_profile
from placed
inner join {{ ref('int_heat_factors') }} as factors
    on placed.kind = factors.kind
    and placed.supplier is not distinct from factors.supplier
    and placed.country = factors.country
    and placed.period_month = factors.period_month
