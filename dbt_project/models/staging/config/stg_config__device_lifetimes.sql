select
    cast(device_class as varchar) as device_class,
    cast(lifetime_months as integer) as lifetime_months,
    cast(evidence as varchar) as evidence
from {{ source('config', 'device_lifetimes') }}
