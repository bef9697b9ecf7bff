-- Carbon of a cubic metre of water, supplied or treated: the bundled seed and the organization's own.
select
    factor_id, name, publisher, service, geography, valid_from, valid_to, value, unit, factor_boundary, gases, gwp_set,
    uncertainty_profile, source, licence, note
from {{ ref('water_factors') }}
union all by name
select
    factor_id, name, 'Organization' as publisher, substance as service, geography, valid_from, valid_to, value, unit,
    factor_boundary, gases, gwp_set, uncertainty_profile, source, licence, note
from {{ ref('stg_config__factors') }}
where substance in ('water_supply', 'water_treatment') and unit = 'kg CO2e/m3'
