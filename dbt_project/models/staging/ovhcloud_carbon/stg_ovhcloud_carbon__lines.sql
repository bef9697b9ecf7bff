-- The calculator's figures as provider lines: one row per CSV row and stated measure. OVHcloud names life-cycle blocks,
-- not scopes. Its method is a life-cycle one and does not say in which block the upstream of the electricity and the
-- grid's losses stand: they are counted as covered, so that no other estimate adds them a second time.
with rows as (
    select
        documents.source_id,
        documents.delivery_id,
        documents.document_sha256,
        documents.retrieved_at,
        documents.request,
        documents.seq,
        documents.is_current as is_current_delivery,
        typed.*
    from {{ source('ovhcloud_carbon', 'statement') }} as typed
    inner join {{ ref('stg_documents') }} as documents
        on typed.doc_key = documents.doc_key
        and documents.connector = 'ovhcloud_carbon'
    where documents.is_usable
),

measures(measure, provider_scope, accounting_basis, part, covers, is_total) as (
    values
    ('manufacturing', 'unsplit', 'both', 'hardware', ['hardware'], false),
    ('electricity_location', 'unsplit', 'location', 'electricity', ['electricity'], false),
    ('electricity_market', 'unsplit', 'market', 'electricity', ['electricity'], false),
    (
        'operational_location', 'unsplit', 'location', 'unsplit',
        ['fuel', 'refrigerant', 'heat_cooling', 'energy_upstream', 'grid_losses', 'buildings', 'services'], false
    ),
    (
        'operational_market', 'unsplit', 'market', 'unsplit',
        ['fuel', 'refrigerant', 'heat_cooling', 'energy_upstream', 'grid_losses', 'buildings', 'services'], false
    ),
    ('total_location', 'total', 'location', 'unsplit', ['unsplit'], true),
    ('total_market', 'total', 'market', 'unsplit', ['unsplit'], true)
)

select
    rows.source_id,
    rows.delivery_id,
    rows.document_sha256,
    rows.document_row,
    rows.retrieved_at,
    rows.seq,
    rows.request,
    rows.is_current_delivery,
    rows.month as period_month,
    'ovhcloud' as provider,
    concat_ws('|', 'ovhcloud', rows.request, lower(coalesce(rows.datacenter, '-')), rows.service_type) as claim_id,
    rows.request as sub_account,
    rows.service_type as service,
    lower(coalesce(rows.datacenter, '-')) as region,
    cast(null as varchar) as model_version,
    cast(0 as double) as model_order,
    'gwp' as indicator,
    measures.measure,
    'kg CO2e' as unit,
    case measures.measure
        when 'manufacturing' then rows.manufacturing_kg_co2e
        when 'electricity_location' then rows.electricity_location_kg_co2e
        when 'electricity_market' then rows.electricity_market_kg_co2e
        when 'operational_location' then rows.operational_location_kg_co2e
        when 'operational_market' then rows.operational_market_kg_co2e
        when 'total_location' then rows.total_location_kg_co2e
        when 'total_market' then rows.total_market_kg_co2e
    end as amount,
    measures.provider_scope,
    measures.accounting_basis,
    measures.part,
    measures.covers,
    measures.is_total
from rows
cross join measures
where amount is not null
