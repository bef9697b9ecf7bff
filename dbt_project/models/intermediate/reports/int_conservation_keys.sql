-- What serves as a key only: measured energy of boards and nodes and jobs, each document's rows, and rows read against rows kept.
with board_kwh as (
    select
        min(delivery_id) as delivery_id,
        source_id,
        site_id,
        period_month,
        fsum(kwh) as stated
    from (
        select delivery_id, source_id, site_id, period_month, kwh from {{ ref('stg_prometheus__gpu_hours') }}
        union all
        select delivery_id, source_id, site_id, period_month, kwh from {{ ref('stg_prometheus__meter_hours') }}
    ) as hours
    group by source_id, site_id, period_month
),

board_keys as (
    select
        source_id,
        site_id,
        period_month,
        coalesce(fsum(kwh) filter (where used_as = 'key'), 0) as key_only,
        coalesce(fsum(kwh) filter (where used_as = 'loser'), 0) as excluded
    from {{ ref('int_energy') }}
    -- What was estimated for lost samples is in no document.
    where coalesce(reason, '') != 'lost_telemetry'
    group by source_id, site_id, period_month
),

job_rows as (
    select
        delivery_id,
        document_sha256,
        delivery_month,
        count(*) as stated,
        count(*) filter (where is_newest) as key_only,
        count(*) filter (where not is_newest) as excluded
    from {{ ref('stg_slurm__jobs') }}
    group by delivery_id, document_sha256, delivery_month
),

typed_rows as (
    select
        split_part(filename, '/', -2) as connector,
        doc_key,
        count(*) as kept
    from {{ source('deliveries', 'rows') }}
    group by connector, doc_key
)

select
    'telemetry' as check_name,
    board_kwh.delivery_id,
    cast(null as varchar) as document_sha256,
    board_kwh.period_month,
    'telemetry energy' as measure,
    'kWh' as unit,
    board_kwh.stated,
    coalesce(board_keys.key_only, 0) as key_only,
    coalesce(board_keys.excluded, 0) as excluded,
    0.0 as rejected,
    1e-9 * greatest(board_kwh.stated, 1) as tolerance
from board_kwh
left join board_keys
    on board_kwh.source_id = board_keys.source_id
    and board_kwh.site_id = board_keys.site_id
    and board_kwh.period_month = board_keys.period_month
union all by name
select
    'jobs' as check_name,
    delivery_id,
    document_sha256,
    delivery_month as period_month,
    'jobs' as measure,
    'row' as unit,
    stated,
    key_only,
    excluded,
    0.0 as rejected,
    0.0 as tolerance
from job_rows
union all by name
select
    'rows' as check_name,
    documents.delivery_id,
    documents.document_sha256,
    documents.period_month,
    'rows' as measure,
    'row' as unit,
    documents.rows_accepted + documents.rows_rejected as stated,
    coalesce(typed_rows.kept, 0) as key_only,
    0.0 as excluded,
    documents.rows_rejected as rejected,
    0.0 as tolerance
from {{ ref('stg_documents') }} as documents
left join typed_rows
    on documents.doc_key = typed_rows.doc_key
    and documents.connector = typed_rows.connector
where documents.is_current
