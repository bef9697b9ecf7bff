-- Warming potentials of all substances and reports, and the organization's own refrigerants. A set of the organization's
-- own counts whatever report the policy names.
select
    factor_id, substance, name, 'IPCC' as publisher, gas, gwp_set, value, unit, cast(null as date) as valid_from,
    cast(null as date) as valid_to, 'refrigerant.gwp' as uncertainty_profile, source, licence, note
from {{ ref('refrigerant_gwp') }}
union all by name
select
    factor_id, substance, name, 'Organization' as publisher, gas, gwp_set, value, unit, valid_from, valid_to,
    uncertainty_profile, source, licence, note
from {{ ref('stg_config__factors') }}
where gas in ('hfc', 'pfc', 'sf6', 'nf3', 'non_kyoto')
