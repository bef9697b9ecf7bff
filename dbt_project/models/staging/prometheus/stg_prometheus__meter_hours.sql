-- Meter hours, each joule once. An hour that two documents tell of whole (two queries, two replicas of a server) counts by
-- the fuller one. Of what one family of exporters tells twice, the counter counts, which misses nothing, unless the gauge saw
-- more of the hour; of Kepler's old and new names, one.
with hours as (
    select
        documents.source_id,
        documents.delivery_id,
        documents.document_sha256,
        documents.site_id,
        cast(date_trunc('month', hours.hour_start) as date) as period_month,
        hours.hour_start,
        hours.metric,
        hours.kind,
        regexp_extract(hours.metric, '^[^_]+') as family,
        hours.level,
        hours.series_key,
        hours.device_id,
        hours.zone,
        lower(split_part(split_part(coalesce(hours.hostname, hours.device_id), ':', 1), '.', 1)) as node,
        hours.namespace,
        hours.pod,
        hours.kwh,
        hours.seconds_seen
    from {{ source('rollup', 'meter_hours') }} as hours
    inner join {{ ref('stg_documents') }} as documents
        on hours.doc_key = documents.doc_key
        and documents.connector = 'prometheus'
    where documents.is_current
    window one as (partition by documents.site_id, hours.series_key, hours.hour_start)
    -- More than an hour in an hour: told twice. Less: cut between documents.
    qualify fsum(hours.seconds_seen) over one <= 3636
    or row_number() over (one order by hours.seconds_seen desc, documents.document_sha256 asc, documents.delivery_id asc) = 1
),

seen as (
    select
        *,
        -- Ten minutes more or less are more than the step that a counter lacks before its first sample.
        least(fsum(seconds_seen) over one // (count(*) over one * 600), 5) as fullness
    from hours
    window one as (partition by site_id, node, namespace, pod, hour_start, level, zone, family, metric)
),

ranked as (
    select
        *,
        coalesce(max(fullness) filter (where kind = 'energy') over one, -1)
        >= coalesce(max(fullness) filter (where kind = 'power') over one, -1) as is_counted,
        dense_rank() over (
            partition by site_id, node, namespace, pod, hour_start, level, zone, family, kind
            order by fullness desc, metric asc
        ) as place
    from seen
    window one as (partition by site_id, node, namespace, pod, hour_start, level, zone, family)
)

select
    source_id, delivery_id, document_sha256, site_id, period_month, hour_start, metric, level, series_key, device_id, zone, node,
    namespace, pod, kwh, seconds_seen
from ranked
where is_counted = (kind = 'energy') and (family != 'kepler' or place = 1)
