select
    instrument_id,
    instrument_type,
    market,
    vintage_year,
    mwh,
    retired_on,
    beneficiary,
    value as factor_value,
    unit as factor_unit,
    meter_id,
    first_month,
    last_month,
    not_counted_reason,
    evidence
from {{ ref('int_instruments') }}
