-- Energy estimated for lost samples of boards, by those that held the board in the rest of the month: a key, marked.
with things as (
    select
        source_id,
        site_id,
        period_month,
        device_id,
        thing_id,
        job_id,
        min(document_sha256) as document_sha256,
        fsum(kwh) as kwh
    from {{ ref('int_board_hours') }}
    group by source_id, site_id, period_month, device_id, thing_id, job_id
)

select
    things.period_month,
    things.site_id,
    things.device_id,
    things.job_id,
    cast(null as varchar) as claim_id,
    things.thing_id,
    'gpu' as component,
    'grid' as energy_source,
    'key' as used_as,
    'lost_telemetry' as reason,
    'a_posteriori' as tier,
    things.source_id,
    things.document_sha256,
    lost.lost_kwh * things.kwh / lost.kwh as kwh
from things
inner join {{ ref('int_lost_hours') }} as lost
    on things.source_id = lost.source_id
    and things.site_id = lost.site_id
    and things.period_month = lost.period_month
    and things.device_id = lost.device_id
where lost.lost_kwh > 0
