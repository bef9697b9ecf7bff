-- connector: azure_monitor
-- kWh per instance, board, run and hour. A minute without a value has no row: minutes_seen says how many had one. A
-- workspace gives the joules of the minute; a deployment the mean of the minute's one interval, which is the same.
-- Decimals, so that the sum does not depend on the order of rows.
select
    doc_key,
    resource_id,
    instance_id,
    device_id,
    run_id,
    date_trunc('hour', minute_start) as hour_start,
    cast(sum(cast(energy_j as decimal(38, 6))) / 3600000 as double) as kwh,
    count(*) as minutes_seen
from samples
group by doc_key, resource_id, instance_id, device_id, run_id, date_trunc('hour', minute_start)
