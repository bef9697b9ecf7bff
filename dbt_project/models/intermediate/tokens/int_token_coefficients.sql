-- What a million output tokens of a model need: kWh of the machines alone (EcoLogits' PUE taken out, bound by bound) and
-- the making of the hardware over the lifetime it was computed for. The organization's own come first.
with ecologits as (
    select
        ecologits_provider,
        lower(model) as model,
        'ecologits.' || version || '.' || ecologits_provider || '.' || lower(model) as coefficient_id,
        'EcoLogits ' || version as version,
        kwh_low / pue_low as kwh_low,
        kwh_high / pue_high as kwh_high,
        (kwh_low / pue_low + kwh_high / pue_high) / 2 as kwh,
        gwp_low,
        gwp_high,
        (gwp_low + gwp_high) / 2 as gwp,
        (adpe_low + adpe_high) / 2 as adpe,
        (pe_low + pe_high) / 2 as pe,
        hardware_months,
        valid_from,
        valid_to,
        source,
        licence
    from {{ ref('ecologits_models') }}
),

own as (
    select
        'own:' || lower(provider) as ecologits_provider,
        lower(model) as model,
        concat_ws('.', 'own', lower(provider), lower(model), valid_from) as coefficient_id,
        'config/token_models.csv' as version,
        kwh_per_mtoken_low as kwh_low,
        kwh_per_mtoken_high as kwh_high,
        kwh_per_mtoken as kwh,
        gwp_kg_per_mtoken as gwp_low,
        gwp_kg_per_mtoken as gwp_high,
        gwp_kg_per_mtoken as gwp,
        adpe_kg_per_mtoken as adpe,
        pe_mj_per_mtoken as pe,
        hardware_months,
        valid_from,
        valid_to,
        source,
        licence
    from {{ ref('stg_config__token_models') }}
)

select * from ecologits
union all by name
select * from own
