-- Energy estimated for lost samples of boards and nodes, by those that held them in the rest of the month: a key, marked.
-- Who held a device in a month in which it was not seen at all is not known: its estimate is undecided.
with things as (
    select
        source_id,
        site_id,
        period_month,
        'gpu' as component,
        device_id,
        thing_id,
        job_id,
        min(document_sha256) as document_sha256,
        fsum(kwh) as kwh
    from {{ ref('int_board_hours') }}
    group by source_id, site_id, period_month, device_id, thing_id, job_id
    union all by name
    select
        site_id,
        period_month,
        component,
        node as device_id,
        thing_id,
        case when thing_id like 'job|%' then split_part(thing_id, '|', 3) end as job_id,
        min(document_sha256) as document_sha256,
        fsum(kwh) as kwh
    from {{ ref('int_node_energy') }}
    where used_as = 'key'
    group by site_id, period_month, component, node, thing_id
)

select
    lost.period_month,
    lost.site_id,
    lost.device_id,
    things.job_id,
    cast(null as varchar) as claim_id,
    case when lost.status = 'dark' then concat_ws('|', 'unseen', lost.site_id, lost.device_id) else things.thing_id end as thing_id,
    lost.component,
    'grid' as energy_source,
    'key' as used_as,
    'lost_telemetry' as reason,
    'a_posteriori' as tier,
    lost.source_id,
    things.document_sha256,
    lost.lost_kwh * coalesce(things.kwh / lost.kwh, 1) as kwh
from {{ ref('int_lost_hours') }} as lost
left join things
    on lost.source_id = coalesce(things.source_id, lost.source_id)
    and lost.site_id = things.site_id
    and lost.period_month = things.period_month
    and lost.component = things.component
    and lost.device_id = things.device_id
where lost.lost_kwh > 0
