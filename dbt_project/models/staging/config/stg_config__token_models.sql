select
    cast(provider as varchar) as provider,
    cast(model as varchar) as model,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to,
    cast(kwh_per_mtoken as double) as kwh_per_mtoken,
    cast(kwh_per_mtoken_low as double) as kwh_per_mtoken_low,
    cast(kwh_per_mtoken_high as double) as kwh_per_mtoken_high,
    cast(gwp_kg_per_mtoken as double) as gwp_kg_per_mtoken,
    cast(adpe_kg_per_mtoken as double) as adpe_kg_per_mtoken,
    cast(pe_mj_per_mtoken as double) as pe_mj_per_mtoken,
    cast(hardware_months as double) as hardware_months,
    cast(source as varchar) as source,
    cast(licence as varchar) as licence
from {{ source('config', 'token_models') }}
