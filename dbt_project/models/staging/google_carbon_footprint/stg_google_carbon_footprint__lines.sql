-- The export's figures as provider lines: one row per export row and stated measure. Scope 1 and 3 do not depend on
-- the basis; a market figure is missing in older months. Totals are kept for checking only. Tables made before 2022 hold
-- one undivided figure, on the basis that the source's options say.
with rows as (
    select
        documents.source_id,
        documents.delivery_id,
        documents.document_sha256,
        documents.retrieved_at,
        documents.period_month as delivery_month,
        documents.request,
        documents.seq,
        documents.is_current as is_current_delivery,
        typed.*
    from {{ source('typed', 'google_carbon_footprint') }} as typed
    inner join {{ ref('stg_documents') }} as documents
        on typed.doc_key = documents.doc_key
        and documents.connector = 'google_carbon_footprint'
    where documents.is_usable
),

measures(measure, provider_scope, accounting_basis, part, covers, is_total) as (
    values
    ('scope1', '1', 'both', 'unsplit', ['fuel', 'refrigerant'], false),
    ('scope2_location', '2', 'location', 'electricity', ['electricity', 'heat_cooling'], false),
    ('scope2_market', '2', 'market', 'electricity', ['electricity', 'heat_cooling'], false),
    ('scope3', '3', 'both', 'unsplit', ['energy_upstream', 'grid_losses', 'hardware', 'buildings'], false),
    (
        'total_undivided', '1+2+3', null, 'unsplit',
        ['fuel', 'refrigerant', 'electricity', 'heat_cooling', 'energy_upstream', 'grid_losses', 'hardware', 'buildings'],
        false
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
    rows.usage_month as period_month,
    'google' as provider,
    concat_ws(
        '|', 'google', rows.billing_account_id, coalesce(nullif(rows.project_id, ''), '-'), rows.service_description,
        lower(coalesce(nullif(rows.region, ''), nullif(rows.location, ''), 'global'))
    ) as claim_id,
    coalesce(nullif(rows.project_id, ''), '-') as sub_account,
    rows.service_description as service,
    coalesce(nullif(rows.region, ''), nullif(rows.location, ''), 'global') as region,
    rows.carbon_model_version as model_version,
    coalesce(try_cast(rows.carbon_model_version as double), 0) as model_order,
    measures.measure,
    'gwp' as indicator,
    'kg CO2e' as unit,
    case measures.measure
        when 'scope1' then rows.scope1_kg_co2e
        when 'scope2_location' then rows.scope2_location_kg_co2e
        when 'scope2_market' then rows.scope2_market_kg_co2e
        when 'scope3' then rows.scope3_kg_co2e
        when 'total_undivided' then rows.total_undivided_kg_co2e
        when 'total_location' then rows.total_location_kg_co2e
        when 'total_market' then rows.total_market_kg_co2e
    end as amount,
    measures.provider_scope,
    coalesce(measures.accounting_basis, rows.undivided_basis) as accounting_basis,
    measures.part,
    measures.covers,
    measures.is_total
from rows
cross join measures
where amount is not null
