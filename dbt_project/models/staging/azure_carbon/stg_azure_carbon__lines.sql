-- Azure's figure per resource and scope as provider lines. Scope 2 is taken as market-based, the vendor's default: the API
-- has no switch and no other basis. Scope 3 holds categories 1, 2, 4, 5, 9 and 12: machines and buildings, not the
-- upstream of energy. Azure states no totals.
with documents as (
    select * from {{ ref('stg_documents') }}
    where connector = 'azure_carbon' and is_usable
),

scopes(scope, measure, accounting_basis, part, covers) as (
    values
    ('1', 'scope1', 'both', 'unsplit', ['fuel', 'refrigerant']),
    ('2', 'scope2', 'market', 'electricity', ['electricity', 'heat_cooling']),
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
    concat_ws('|', 'azure', typed.subscription_id, lower(typed.resource_id)) as claim_id,
    typed.subscription_id as sub_account,
    coalesce(lower(typed.resource_type), 'unknown') as service,
    coalesce(replace(lower(typed.location), ' ', ''), 'global') as region,
    cast(null as varchar) as model_version,
    cast(0 as double) as model_order,
    'gwp' as indicator,
    scopes.measure,
    'kg CO2e' as unit,
    typed.kg_co2e as amount,
    typed.scope as provider_scope,
    scopes.accounting_basis,
    scopes.part,
    scopes.covers,
    false as is_total
from {{ source('azure_carbon', 'resources') }} as typed
inner join documents
    on typed.doc_key = documents.doc_key
inner join scopes
    on typed.scope = scopes.scope
where typed.decision = 'Allowed'
