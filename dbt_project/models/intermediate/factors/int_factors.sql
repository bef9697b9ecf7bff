-- All carbon factors of electricity known: the bundled seed and the organization's own.
select
    factor_id, name, publisher, geography, valid_from, valid_to, value, unit, factor_boundary, is_component, gases,
    gwp_set, accounting_basis, indicator, uncertainty_profile, source, licence, note
from {{ ref('grid_factors') }}
union all by name
select
    factor_id, name, 'Organization' as publisher, geography, valid_from, valid_to, value, unit, factor_boundary,
    false as is_component, gases, gwp_set, accounting_basis, indicator, uncertainty_profile, source, licence, note
from {{ ref('stg_config__factors') }}
where indicator = 'gwp'
