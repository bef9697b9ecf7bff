select
    cast(instrument_id as varchar) as instrument_id,
    cast(instrument_type as varchar) as instrument_type,
    cast(market as varchar) as market,
    cast(vintage_year as integer) as vintage_year,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to,
    cast(mwh as double) as mwh,
    cast(retired_on as date) as retired_on,
    cast(beneficiary as varchar) as beneficiary,
    cast(meter_id as varchar) as meter_id,
    cast(value as double) as value,
    cast(unit as varchar) as unit,
    cast(evidence as varchar) as evidence
from {{ source('config', 'instruments') }}
