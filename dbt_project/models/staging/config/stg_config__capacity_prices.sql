select
    cast(site_id as varchar) as site_id,
    cast(capacity as varchar) as capacity,
    cast(valid_from as date) as valid_from,
    cast(price_per_kwh as double) as price_per_kwh,
    cast(evidence as varchar) as evidence
from {{ source('config', 'capacity_prices') }}
