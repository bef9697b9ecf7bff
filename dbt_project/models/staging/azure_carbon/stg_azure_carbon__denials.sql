-- Subscriptions that Azure denied: the answer is a success and simply lacks them. A gap in the data, never a zero.
select distinct
    documents.source_id,
    documents.delivery_id,
    documents.request,
    documents.is_current as is_current_delivery,
    typed.month as period_month,
    'azure' as provider,
    typed.subscription_id as sub_account,
    typed.denial_reason as reason
from {{ source('azure_carbon', 'resources') }} as typed
inner join {{ ref('stg_documents') }} as documents
    on typed.doc_key = documents.doc_key
    and documents.connector = 'azure_carbon'
where documents.is_usable and typed.decision != 'Allowed'
