-- Embodied impacts as the service answered them, per piece over the whole life; its use phase is never taken.
select
    documents.source_id,
    documents.document_sha256,
    rows.document_row,
    rows.device,
    rows.models,
    rows.gpu_model,
    rows.device_class,
    rows.indicator,
    rows.unit,
    rows.amount_per_piece,
    rows.amount_min,
    rows.amount_max,
    rows.matched,
    rows.warning
from {{ source('typed', 'boaviztapi') }} as rows
inner join {{ ref('stg_documents') }} as documents
    on rows.doc_key = documents.doc_key
    and documents.connector = 'boaviztapi'
where documents.is_current
