-- Savings that AWS claims for carbon-free energy, per year, service and region: shown beside the ledger, never in it.
select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    typed.document_row,
    documents.retrieved_at,
    documents.is_current as is_current_delivery,
    make_date(typed.usage_year, 1, 1) as period_from,
    make_date(typed.usage_year + 1, 1, 1) as period_to,
    'aws' as provider,
    'Savings by carbon-free energy, as claimed by AWS' as description,
    typed.cfe_savings * case typed.unit when 't' then 1000 else 1 end as amount_kg_co2e,
    typed.service,
    typed.region
from {{ source('aws_console_csv', 'savings') }} as typed
inner join {{ ref('stg_documents') }} as documents
    on typed.doc_key = documents.doc_key
    and documents.connector = 'aws_console_csv'
where documents.is_usable
