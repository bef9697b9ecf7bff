select
    cast(project_id as varchar) as project_id,
    cast(who as varchar) as who,
    cast(source_id as varchar) as source_id,
    cast(request_share as double) as request_share,
    cast(device_kwh_per_request as double) as device_kwh_per_request,
    cast(gb_per_request as double) as gb_per_request,
    cast(grid_zone as varchar) as grid_zone,
    cast(site_id as varchar) as site_id,
    cast(device_class as varchar) as device_class,
    cast(device_hours_per_request as double) as device_hours_per_request,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to,
    cast(evidence as varchar) as evidence
from {{ source('config', 'usage_profiles') }}
