-- What an instrument's kWh emit, as a factor record.
select
    'instrument.' || instrument_id as factor_id,
    instrument_type || ' ' || instrument_id as name,
    'Organization' as publisher,
    market as geography,
    first_month as valid_from,
    cast(last_day(last_month) as date) as valid_to,
    value,
    unit,
    'direct' as factor_boundary,
    'co2e' as gases,
    'unknown' as gwp_set,
    'market' as accounting_basis,
    'gwp' as indicator,
    'exact' as uncertainty_profile,
    evidence as source,
    'contractual, internal use' as licence
from {{ ref('int_instruments') }}
