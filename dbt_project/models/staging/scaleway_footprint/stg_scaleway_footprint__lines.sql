-- Scaleway's one figure per SKU as provider lines, for carbon and for water. Leaves alone become lines: the totals of
-- zones, regions and projects hold the same kilograms again. The organization's total stands once per document, to be
-- checked. The figure covers all parts: a life-cycle method with cooling, buildings, network, stock and the company.
with documents as (
    select * from {{ ref('stg_documents') }}
    where connector = 'scaleway_footprint' and is_usable
),

leaves as (
    select
        documents.source_id,
        documents.delivery_id,
        documents.document_sha256,
        documents.retrieved_at,
        documents.request,
        documents.seq,
        documents.is_current as is_current_delivery,
        concat_ws('|', 'scaleway', typed.project_id, typed.region, product.name) as claim_id,
        product.name as product,
        typed.*
    from {{ source('scaleway_footprint', 'statement') }} as typed
    cross join lateral (
        -- The SDK's word for a product that it does not know yet.
        select coalesce(nullif(typed.product_category, 'unknown_product_category'), typed.service_category) as name
    ) as product
    inner join documents on typed.doc_key = documents.doc_key
),

lines as (
    select
        *,
        project_id as sub_account,
        product as service,
        false as is_total
    from leaves
    union all by name
    select
        * replace (
            'scaleway|total' as claim_id, cast(null as bigint) as document_row, cast(null as varchar) as region,
            organization_kg_co2e as kg_co2e, organization_water_m3 as water_m3
        ),
        'total' as sub_account,
        'total' as service,
        true as is_total
    from leaves
    qualify row_number() over (partition by delivery_id, doc_key order by document_row) = 1
),

measures(indicator, unit) as (
    values ('gwp', 'kg CO2e'), ('water_consumption', 'L')
)

select
    lines.source_id,
    lines.delivery_id,
    lines.document_sha256,
    lines.document_row,
    lines.retrieved_at,
    lines.seq,
    lines.request,
    lines.is_current_delivery,
    lines.month as period_month,
    'scaleway' as provider,
    lines.claim_id,
    lines.sub_account,
    lines.service,
    lines.region,
    cast(null as varchar) as model_version,
    cast(0 as double) as model_order,
    measures.indicator,
    case measures.indicator when 'gwp' then lines.accounting_basis else 'water' end as measure,
    measures.unit,
    case measures.indicator when 'gwp' then lines.kg_co2e else lines.water_m3 * 1000 end as amount,
    case when lines.is_total then 'total' else 'unsplit' end as provider_scope,
    case measures.indicator when 'gwp' then lines.accounting_basis else 'both' end as accounting_basis,
    'unsplit' as part,
    case
        when lines.is_total then ['unsplit']
        else
            [
                'fuel', 'refrigerant', 'electricity', 'heat_cooling', 'energy_upstream', 'grid_losses', 'hardware',
                'buildings', 'services'
            ]
    end as covers,
    lines.is_total
from lines
cross join measures
