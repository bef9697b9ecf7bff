-- All factors of burnt fuels: the bundled seed and the organization's own. `gas` total is a published sum kept beside
-- its parts, never posted.
select
    factor_id, name, publisher, fuel, geography, valid_from, valid_to, value, unit, quantity_unit, factor_boundary, gas,
    gases, gwp_set, indicator, uncertainty_profile, source, licence, note
from {{ ref('fuel_factors') }}
union all by name
select
    factor_id,
    name,
    'Organization' as publisher,
    substance as fuel,
    geography,
    valid_from,
    valid_to,
    value,
    unit,
    split_part(unit, '/', 2) as quantity_unit,
    factor_boundary,
    coalesce(gas, 'unsplit') as gas,
    gases,
    gwp_set,
    indicator,
    uncertainty_profile,
    source,
    licence,
    note
from {{ ref('stg_config__factors') }}
where
    substance is not null
    and substance not in ('water_supply', 'water_treatment')
    and coalesce(gas, 'unsplit') in ('co2', 'ch4', 'n2o', 'unsplit')
