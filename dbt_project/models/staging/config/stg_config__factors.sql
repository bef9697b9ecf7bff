select
    cast(factor_id as varchar) as factor_id,
    cast(name as varchar) as name,
    cast(geography as varchar) as geography,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to,
    cast(value as double) as value,
    cast(unit as varchar) as unit,
    cast(factor_boundary as varchar) as factor_boundary,
    cast(gases as varchar) as gases,
    cast(gwp_set as varchar) as gwp_set,
    cast(accounting_basis as varchar) as accounting_basis,
    cast(indicator as varchar) as indicator,
    cast(uncertainty_profile as varchar) as uncertainty_profile,
    cast(source as varchar) as source,
    cast(licence as varchar) as licence,
    cast(note as varchar) as note
from {{ source('config', 'factors') }}
