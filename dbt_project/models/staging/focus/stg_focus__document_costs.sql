-- What each document's accepted charges add up to, for the conservation check: not read from the groups.
with documents as (
    select
        source_id,
        delivery_id,
        document_sha256,
        doc_key,
        request,
        period_month,
        is_current
    from {{ ref('stg_documents') }}
    where connector = 'focus' and is_usable
    qualify row_number() over (partition by delivery_id, doc_key order by part) = 1
)

select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    documents.request,
    documents.is_current as is_current_delivery,
    documents.period_month,
    costs.currency,
    measures.measure,
    case measures.measure
        when 'list' then costs.list_cost
        when 'effective' then costs.effective_cost
        when 'contracted' then costs.contracted_cost
        when 'billed' then costs.billed_cost
        when 'rows' then cast(costs.all_rows as double)
        when 'usage_rows' then cast(costs.usage_rows as double)
    end as amount
from {{ source('rollup', 'focus_document_costs') }} as costs
inner join documents on costs.doc_key = documents.doc_key
cross join (values ('list'), ('effective'), ('contracted'), ('billed'), ('rows'), ('usage_rows')) as measures(measure)
