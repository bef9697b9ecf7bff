-- connector: prometheus
-- kWh per board, holder and hour. A power sample is the mean of the step that ends at its timestamp. A board seen several
-- times at one instant (MIG instances, time slicing, a second scrape) is counted once, its energy split evenly among those
-- that hold it. Decimals, so that the sum does not depend on the order of rows. Times are microseconds since 1970.
create view power as
select
    doc_key, metric, uuid, hostname, model_name, namespace, pod, hpc_job,
    (epoch_us(ts) - 1) // 3600000000 as hour,
    value * step_seconds as joules,
    step_seconds as seconds
from samples
where level = 'gpu' and kind = 'power' and board_series = 1
union all
select
    doc_key, metric, uuid, hostname, model_name, namespace, pod, hpc_job,
    (epoch_us(ts) - 1) // 3600000000 as hour,
    max(value) over (partition by uuid, ts) * step_seconds / count(*) over (partition by uuid, ts) as joules,
    step_seconds / count(*) over (partition by uuid, ts) as seconds
from samples
where level = 'gpu' and kind = 'power' and board_series > 1
