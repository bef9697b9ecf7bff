-- Rows of vendors' statements cut at month ends by days.
with statements as (
    select
        documents.source_id,
        documents.delivery_id,
        documents.document_sha256,
        rows.document_row,
        documents.retrieved_at,
        documents.seq,
        documents.request,
        documents.period_month as delivery_month,
        documents.is_current as is_current_delivery,
        rows.* exclude (doc_key, document_row)
    from {{ source('typed', 'vendor_statement') }} as rows
    inner join {{ ref('stg_documents') }} as documents
        on rows.doc_key = documents.doc_key
        and documents.connector = 'vendor_statement'
    where documents.is_usable
)

select
    statements.*,
    cast(piece.month_start as date) as period_month,
    statements.emissions_kg_co2e
    * date_diff(
        'day',
        greatest(statements.period_from, cast(piece.month_start as date)),
        least(statements.period_to, cast(piece.month_start + interval '1' month as date))
    )
    / date_diff('day', statements.period_from, statements.period_to) as amount
from statements
cross join unnest(generate_series(
    date_trunc('month', statements.period_from), statements.period_to - interval '1' day, interval '1' month
)) as piece(month_start)
