-- Factor records of devices: each chosen footprint, and the means that ledger rows of several devices are posted with.
with footprints as (
    select
        stages.lca_factor_id as factor_id,
        case min(stages.lca_source)
            when 'spend' then 'Price × ' || min(spend.name)
            else min(coalesce(assets.manufacturer || ' ', '') || assets.model)
        end as name,
        min(stages.lca_source) as publisher,
        'any' as geography,
        date '1900-01-01' as valid_from,
        fsum(stages.amount_per_piece) / count(distinct stages.asset_id) as value,
        min(stages.unit) || '/piece' as unit,
        'lifecycle' as factor_boundary,
        case min(stages.indicator) when 'gwp' then 'co2e' else 'unsplit' end as gases,
        'unknown' as gwp_set,
        'both' as accounting_basis,
        min(stages.indicator) as indicator,
        'hardware.' || min(stages.lca_source) as uncertainty_profile,
        case min(stages.lca_source)
            when 'supplier' then 'Supplier''s own figure: ' || coalesce(min(assets.embodied_source), 'of the register or order')
            when 'product' then 'Boavizta environmental footprint data, 61323eb5 (2023-02-23), row of the product'
            when 'boaviztapi' then 'BoaviztAPI, embedded impacts of the configured device, as landed (end of life not included)'
            when 'spend' then min(spend.source)
            else 'Boavizta environmental footprint data, 61323eb5 (2023-02-23), mean of the class; BoaviztAPI where named'
        end as source,
        case min(stages.lca_source)
            when 'supplier' then 'supplier, internal use'
            when 'boaviztapi' then 'answer of an AGPL-3.0 service'
            when 'spend' then min(spend.licence)
            else 'ODbL 1.0'
        end as licence
    from {{ ref('int_asset_stages') }} as stages
    inner join {{ ref('int_assets') }} as assets
        on stages.asset_id = assets.asset_id
    left join {{ ref('spend_factors') }} as spend
        on stages.lca_factor_id = 'lca:spend:' || spend.factor_id
    group by stages.lca_factor_id
),

means as (
    select
        factor_id,
        'Mean footprint: ' || activity_id || ', ' || lca_stage as name,
        'Footing' as publisher,
        'any' as geography,
        min(period_month) as valid_from,
        cast(last_day(min(period_month)) as date) as valid_to,
        min(factor_value) as value,
        min(factor_unit) as unit,
        'lifecycle' as factor_boundary,
        case min(indicator) when 'gwp' then 'co2e' else 'unsplit' end as gases,
        'unknown' as gwp_set,
        'both' as accounting_basis,
        min(indicator) as indicator,
        min(uncertainty_profile) as uncertainty_profile,
        'Mean of the register''s devices and their chosen footprints (dim_asset)' as source,
        'as its parts' as licence
    from (
        select factor_id, activity_id, lca_stage, period_month, factor_value, factor_unit, indicator, uncertainty_profile
        from {{ ref('int_emissions_hardware') }}
        union all
        select factor_id, activity_id, lca_stage, period_month, factor_value, factor_unit, indicator, uncertainty_profile
        from {{ ref('int_emissions_acquisitions') }}
    ) as posted
    group by factor_id, activity_id, lca_stage
)

select * from footprints
union all by name
select * from means
