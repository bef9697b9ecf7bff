-- Hours without samples by source, site and month, and the energy that is estimated for them.
select
    period_month,
    source_id,
    site_id,
    component,
    count(*) filter (where status != 'gone') as devices,
    count(*) filter (where status = 'dark') as dark_devices,
    count(*) filter (where status = 'gone') as gone_devices,
    cast(coalesce(fsum(seconds_expected), 0) / 3600 as double) as expected_hours,
    cast(coalesce(fsum(lost_hours), 0) as double) as lost_hours,
    cast(coalesce(fsum(lost_kwh), 0) as double) as lost_kwh
from {{ ref('int_lost_hours') }}
group by period_month, source_id, site_id, component
