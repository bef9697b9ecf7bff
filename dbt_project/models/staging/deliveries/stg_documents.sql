-- Deliveries × documents with their standing. A snapshot source (register, data set) has one current delivery in
-- all; every other source one per request and month. Partial and unreadable deliveries never supersede.
with deliveries as (
    select distinct
        documents.delivery_id,
        documents.source_id,
        documents.request,
        documents.period_month,
        documents.seq,
        documents.complete and documents.readable as is_usable,
        case when sources.cadence = 'once' then null else documents.period_month end as standing_month
    from {{ source('deliveries', 'documents') }} as documents
    inner join {{ ref('stg_config__sources') }} as sources
        on documents.source_id = sources.source_id
    where documents.period_month <= {{ last_month() }}
),

standings as (
    select
        delivery_id,
        is_usable,
        is_usable and row_number() over usable = 1 as is_current,
        first_value(delivery_id) over usable as newest_delivery_id
    from deliveries
    window usable as (
        partition by source_id, request, standing_month
        order by is_usable desc, period_month desc, seq desc
    )
)

select
    documents.delivery_id,
    documents.source_id,
    documents.connector,
    documents.request,
    -- A request that is configured no longer keeps its name as its site.
    case when requests.source_id is null then documents.request else requests.site_id end as site_id,
    documents.period_month,
    documents.seq,
    documents.document_sha256,
    documents.document_name,
    documents.part,
    documents.last_part,
    documents.bytes,
    documents.options,
    documents.doc_key,
    documents.rows_accepted,
    documents.rows_rejected,
    documents.parse_error,
    documents.retrieved_at,
    standings.is_current,
    standings.is_usable,
    case
        when standings.is_current then 'current'
        when standings.is_usable then 'superseded'
        when not documents.complete then 'partial'
        else 'unreadable'
    end as delivery_status,
    case when standings.is_usable and not standings.is_current then standings.newest_delivery_id end as superseded_by
from {{ source('deliveries', 'documents') }} as documents
inner join standings
    on documents.delivery_id = standings.delivery_id
left join {{ ref('stg_config__requests') }} as requests
    on documents.source_id = requests.source_id
    and documents.request = requests.request
