-- Meter hours of nodes, processors, pods and racks, and why one does not count. Of several families of meters of one thing
-- the first counts that saw the hour whole. An hour seen in part (less than 50 minutes) cannot be compared with another
-- measure of the same node, so it yields to any; where nothing else tells of the node in that hour, it was measured and
-- counts, the node's own meter before its processors.
with meters as (
    select
        *,
        regexp_extract(metric, '^[^_]+') as family,
        fsum(seconds_seen) over one / count(distinct concat_ws('|', metric, device_id, zone)) over one as seconds_told,
        seconds_told >= 3000 as is_whole
    from {{ ref('stg_prometheus__meter_hours') }}
    window one as (partition by site_id, node, hour_start, level, regexp_extract(metric, '^[^_]+'))
),

boards as (
    select distinct site_id, node, hour_start from {{ ref('int_board_hours') }}
),

seen as (
    select
        meters.*,
        boards.node is not null
        or bool_or(meters.level = 'pod' or (meters.is_whole and meters.level in ('cpu', 'node'))) over (
            partition by meters.site_id, meters.node, meters.hour_start
        ) as is_told
    from meters
    left join boards
        on meters.site_id = boards.site_id
        and meters.node = boards.node
        and meters.hour_start = boards.hour_start
)

select
    source_id,
    document_sha256,
    site_id,
    period_month,
    hour_start,
    level,
    node,
    case level when 'pod' then concat_ws('|', 'pod', site_id, namespace, pod) end as thing_id,
    case
        when level = 'rack' then 'comparison'
        when level = 'pod' then null
        when is_told and not is_whole then 'outranked'
        when dense_rank() over (
            partition by site_id, node, hour_start, level in ('cpu', 'node'), is_whole, case when is_whole then level end
            order by level desc, family asc
        ) > 1 then 'outranked'
    end as reason,
    least(seconds_told, 3600) as seconds_seen,
    kwh
from seen
