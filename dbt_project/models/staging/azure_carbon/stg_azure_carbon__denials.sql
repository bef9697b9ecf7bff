-- Subscriptions that were asked for and not answered: each is a gap in its month, whatever the other lines sum to. Azure
-- answers 200 all the same, and says so again in every scope and page.
with documents as (
    select * from {{ ref('stg_documents') }}
    where connector = 'azure_carbon' and is_usable
)

select
    documents.source_id,
    documents.delivery_id,
    min_by(documents.document_sha256, (documents.part, typed.document_row)) as document_sha256,
    min_by(typed.document_row, (documents.part, typed.document_row)) as document_row,
    max(documents.retrieved_at) as retrieved_at,
    documents.seq,
    documents.request,
    documents.is_current as is_current_delivery,
    typed.month as period_month,
    'azure' as provider,
    typed.subscription_id as sub_account,
    min(typed.decision) as decision,
    coalesce(min(typed.denial_reason), 'no reason given') as reason,
    list_sort(list(distinct typed.scope)) as provider_scopes
from {{ source('azure_carbon', 'statement') }} as typed
inner join documents on typed.doc_key = documents.doc_key
where typed.decision is not null
group by
    documents.source_id, documents.delivery_id, documents.seq, documents.request, documents.is_current, typed.month,
    typed.subscription_id
