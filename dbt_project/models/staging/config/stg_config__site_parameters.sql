select
    cast(site_id as varchar) as site_id,
    cast(valid_from as date) as valid_from,
    cast(pue as double) as pue,
    cast(it_feed_share as double) as it_feed_share,
    cast(evidence as varchar) as evidence
from {{ source('config', 'site_parameters') }}
