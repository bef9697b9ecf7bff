-- Everything that counts as a device of ours, once: the lines of the register.
select
    *,
    'purchased' as ownership,
    cast(null as date) as counted_until,
    cast(null as date) as returned_date
from {{ ref('stg_asset_register__assets') }}
