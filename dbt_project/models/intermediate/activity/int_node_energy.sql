-- What meters of nodes tell beyond their boards, per thing and month. A processor meter's energy goes to the pods that
-- Kepler saw, the rest of it, and what a node's own meter (BMC) finds beyond boards and processors, to whoever held the
-- node in that hour, by energy; held by nobody it is idle. An outer meter below its inner ones takes from them. What a
-- meter measured again is a loser: the inner part, and what int_node_meters says.
with counted as (
    select
        site_id,
        node,
        hour_start,
        min(period_month) as period_month,
        min(source_id) as source_id,
        min(document_sha256) as document_sha256,
        fsum(kwh) filter (where level = 'cpu') as cpu_kwh,
        coalesce(fsum(kwh) filter (where level = 'pod'), 0) as pod_kwh,
        fsum(kwh) filter (where level = 'node') as node_kwh
    from {{ ref('int_node_meters') }}
    where reason is null
    group by site_id, node, hour_start
),

holders as (
    select site_id, node, hour_start, thing_id, kwh from {{ ref('int_board_hours') }}
    union all
    select site_id, node, hour_start, thing_id, kwh from {{ ref('int_node_meters') }} where level = 'pod' and reason is null
),

node_hours as (
    select site_id, node, hour_start, fsum(kwh) as held_kwh from holders group by site_id, node, hour_start
),

rests as (
    select
        counted.*,
        'cpu' as component,
        counted.cpu_kwh - counted.pod_kwh as rest_kwh,
        counted.pod_kwh as inner_kwh
    from counted
    where counted.cpu_kwh is not null
    union all
    select
        counted.*,
        'node' as component,
        counted.node_kwh - coalesce(node_hours.held_kwh, 0) - coalesce(counted.cpu_kwh - counted.pod_kwh, 0) as rest_kwh,
        coalesce(node_hours.held_kwh, 0) + coalesce(counted.cpu_kwh - counted.pod_kwh, 0) as inner_kwh
    from counted
    left join node_hours
        on counted.site_id = node_hours.site_id
        and counted.node = node_hours.node
        and counted.hour_start = node_hours.hour_start
    where counted.node_kwh is not null
),

shares as (
    select site_id, node, hour_start, thing_id, fsum(kwh) as kwh
    from holders
    where kwh > 0
    group by site_id, node, hour_start, thing_id
),

rows as (
    select source_id, document_sha256, site_id, period_month, node, thing_id, 'cpu' as component, 'key' as used_as, reason, kwh
    from {{ ref('int_node_meters') }}
    where level = 'pod' and reason is null
    union all
    select
        rests.source_id, rests.document_sha256, rests.site_id, rests.period_month, rests.node, shares.thing_id, rests.component,
        'key' as used_as,
        cast(null as varchar) as reason,
        rests.rest_kwh * coalesce(shares.kwh / node_hours.held_kwh, 1) as kwh
    from rests
    left join node_hours
        on rests.site_id = node_hours.site_id
        and rests.node = node_hours.node
        and rests.hour_start = node_hours.hour_start
        and node_hours.held_kwh > 0
    left join shares
        on node_hours.site_id = shares.site_id
        and node_hours.node = shares.node
        and node_hours.hour_start = shares.hour_start
    union all
    select
        source_id, document_sha256, site_id, period_month, node, cast(null as varchar) as thing_id, component,
        'loser' as used_as, 'inner_measure' as reason, inner_kwh as kwh
    from rests
    where inner_kwh != 0
    union all
    select source_id, document_sha256, site_id, period_month, node, thing_id, level as component, 'loser' as used_as, reason, kwh
    from {{ ref('int_node_meters') }}
    where reason is not null
)

select
    source_id,
    min(document_sha256) as document_sha256,
    site_id,
    period_month,
    node,
    thing_id,
    component,
    used_as,
    reason,
    fsum(kwh) as kwh
from rows
group by source_id, site_id, period_month, node, thing_id, component, used_as, reason
