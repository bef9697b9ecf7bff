-- Azure's figure per resource and scope as provider lines. Scope 2 is on the market basis alone: no location row is made
-- of it. Scope 3 holds the categories 1, 2, 4, 5, 9 and 12: no upstream of energy, no grid losses.
with documents as (
    select * from {{ ref('stg_documents') }}
    where connector = 'azure_carbon' and is_usable
),

measures(provider_scope, measure, accounting_basis, part, covers) as (
    values
    ('1', 'scope1', 'both', 'unsplit', ['fuel', 'refrigerant']),
    ('2', 'scope2_market', 'market', 'electricity', ['electricity', 'heat_cooling']),
    ('3', 'scope3', 'both', 'unsplit', ['hardware', 'buildings'])
)

select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    typed.document_row,
    documents.retrieved_at,
    documents.seq,
    documents.request,
    documents.is_current as is_current_delivery,
    typed.month as period_month,
    'azure' as provider,
    concat_ws('|', 'azure', typed.subscription_id, typed.resource_id) as claim_id,
    typed.subscription_id as sub_account,
    coalesce(typed.resource_type, 'unknown') as service,
    coalesce(typed.location, 'global') as region,
    cast(null as varchar) as model_version,
    cast(0 as double) as model_order,
    'gwp' as indicator,
    measures.measure,
    'kg CO2e' as unit,
    typed.kg_co2e as amount,
    measures.provider_scope,
    measures.accounting_basis,
    measures.part,
    measures.covers,
    false as is_total
from {{ source('azure_carbon', 'statement') }} as typed
inner join documents on typed.doc_key = documents.doc_key
inner join measures on typed.scope = measures.provider_scope
where typed.decision is null
