-- Hours without samples by source, site and month, and the energy that is estimated for them.
select
    period_month,
    source_id,
    site_id,
    'gpu' as component,
    count(*) as devices,
    cast(fsum(seconds_expected) / 3600 as double) as expected_hours,
    cast(fsum(lost_hours) as double) as lost_hours,
    cast(fsum(lost_kwh) as double) as lost_kwh
from {{ ref('int_lost_hours') }}
group by period_month, source_id, site_id
