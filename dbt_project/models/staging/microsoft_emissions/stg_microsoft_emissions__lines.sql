-- Microsoft's figure per subscription, service, region and scope as provider lines, tonnes to kg. Bases and coverage as in
-- stg_azure_carbon__lines: the same figures at another grain, so only one of the two sources may be configured.
with documents as (
    select * from {{ ref('stg_documents') }}
    where connector = 'microsoft_emissions' and is_usable
),

measures(provider_scope, measure, accounting_basis, part, covers) as (
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
    concat_ws('|', 'azure', typed.subscription_id, typed.service, coalesce(region.id, 'global')) as claim_id,
    typed.subscription_id as sub_account,
    typed.service,
    coalesce(region.id, 'global') as region,
    cast(null as varchar) as model_version,
    cast(0 as double) as model_order,
    'gwp' as indicator,
    measures.measure,
    'kg CO2e' as unit,
    typed.emissions_t_co2e * 1000 as amount,
    measures.provider_scope,
    measures.accounting_basis,
    measures.part,
    measures.covers,
    false as is_total
from {{ source('microsoft_emissions', 'statement') }} as typed
cross join lateral (select replace(lower(typed.region), ' ', '') as id) as region
inner join documents on typed.doc_key = documents.doc_key
inner join measures on typed.scope = measures.provider_scope
