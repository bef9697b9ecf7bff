-- The harmonised footprint of billed usage, one method for every provider: quantity × kWh × PUE × grid factor, and the
-- hardware's share of its making. Per claim, month, hardware and place; not scaled to any statement. What has no known
-- hardware or place is estimated by spend, as one undivided part.
with quantities as (
    select
        claim_id,
        period_month,
        hardware_id,
        min(hardware_name) as hardware_name,
        min(usage_unit) as unit,
        min(kwh_per_unit) as kwh_per_unit,
        min(embodied_kg_per_unit) as embodied_kg_per_unit,
        min(machine) as machine,
        min(wue_l_per_kwh) as wue_l_per_kwh,
        grid_zone,
        pue,
        max(source_id) as source_id,
        max(delivery_id) as delivery_id,
        case when count(distinct document_sha256) = 1 then min(document_sha256) end as document_sha256,
        case when count(*) = 1 then min(document_row) end as document_row,
        max(retrieved_at) as retrieved_at,
        fsum(usage_quantity) as quantity
    from {{ ref('int_cloud_usage') }}
    where kwh is not null and grid_zone is not null
    group by claim_id, period_month, hardware_id, grid_zone, pue
),

energy as (
    select
        quantities.*,
        factors.part,
        factors.factor_boundary,
        factors.posted_basis as accounting_basis,
        factors.basis_origin,
        factors.gwp_set,
        factors.factor_id,
        factors.value as grid_factor,
        factors.valid_from,
        'kg CO2e/' || quantities.unit as factor_unit,
        quantities.kwh_per_unit * quantities.pue * factors.value as factor_value,
        'cloud.' || factors.factor_boundary
        || case when factors.basis_origin = 'substituted' then '.substituted' else '' end
        || ':' || quantities.grid_zone as uncertainty_profile
    from quantities
    inner join {{ ref('int_posted_factors') }} as factors
        on quantities.grid_zone = factors.grid_zone
        and quantities.period_month = factors.period_month
        and factors.indicator = 'gwp'
),

hardware as (
    select
        *,
        'hardware' as part,
        'upstream' as factor_boundary,
        'both' as accounting_basis,
        'computed' as basis_origin,
        'unknown' as gwp_set,
        hardware_id || '.embodied' as factor_id,
        'kg CO2e/' || unit as factor_unit,
        embodied_kg_per_unit as factor_value,
        'cloudhardware' as uncertainty_profile
    from quantities
    where embodied_kg_per_unit is not null
),

spend as (
    select
        usage.claim_id,
        usage.period_month,
        'spend' as hardware_id,
        max(usage.source_id) as source_id,
        max(usage.delivery_id) as delivery_id,
        case when count(distinct usage.document_sha256) = 1 then min(usage.document_sha256) end as document_sha256,
        case when count(*) = 1 then min(usage.document_row) end as document_row,
        max(usage.retrieved_at) as retrieved_at,
        'USD ' || min(factors.price_year) as unit,
        fsum(usage.list_cost / dollars.eur_per_unit * prices.deflator) as quantity,
        'unsplit' as part,
        'both' as accounting_basis,
        'computed' as basis_origin,
        min(factors.gwp_set) as gwp_set,
        factors.factor_id,
        'kg CO2e/USD ' || min(factors.price_year) as factor_unit,
        min(factors.value) as factor_value,
        'cloudspend' as uncertainty_profile,
        'spend' as tier
    from {{ ref('int_cloud_usage') }} as usage
    inner join {{ ref('spend_factors') }} as factors
        on factors.margins = 'with'
        and factors.category = case
            when usage.is_ai then 'web platforms and model APIs sold as a web service'
            else 'cloud hosting and data processing'
        end
    inner join {{ ref('currency_rates') }} as dollars
        on dollars.currency = 'USD'
        and dollars.year = year(usage.period_month)
    inner join {{ ref('price_index') }} as prices
        on prices.year = least(year(usage.period_month), (select max(newest.year) from {{ ref('price_index') }} as newest))
    where (usage.kwh is null or usage.grid_zone is null) and usage.list_cost is not null
    group by usage.claim_id, usage.period_month, factors.factor_id
)

select *, 'a_posteriori' as tier from energy
union all by name
select *, 'a_posteriori' as tier from hardware
union all by name
select * from spend
