select
    cast(asset_id as varchar) as asset_id,
    cast(treated_on as date) as treated_on,
    cast(pieces as bigint) as pieces,
    cast(kg_co2e as double) as kg_co2e,
    cast(source as varchar) as source
from {{ source('config', 'asset_treatments') }}
