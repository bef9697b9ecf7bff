-- What Google subtracted until August 2025. Kept apart: no row of the ledger comes from here. Where a row states only what
-- is left after offsets, the offset is the footprint less that.
with rows as (
    select
        documents.source_id,
        documents.delivery_id,
        documents.document_sha256,
        documents.retrieved_at,
        documents.is_current as is_current_delivery,
        coalesce(typed.total_undivided_kg_co2e, typed.total_location_kg_co2e) as before_offsets_kg_co2e,
        typed.*
    from {{ source('typed', 'google_carbon_footprint') }} as typed
    inner join {{ ref('stg_documents') }} as documents
        on typed.doc_key = documents.doc_key
        and documents.connector = 'google_carbon_footprint'
    where documents.is_usable
)

select
    rows.source_id,
    rows.delivery_id,
    rows.document_sha256,
    rows.document_row,
    rows.retrieved_at,
    rows.is_current_delivery,
    rows.usage_month as period_month,
    'google' as provider,
    case
        when rows.carbon_offsets_kg_co2e is not null then 'Offsets as Google states them'
        else 'Footprint (location) less what Google states after offsets'
    end as description,
    coalesce(
        rows.carbon_offsets_kg_co2e, rows.before_offsets_kg_co2e - rows.after_offsets_kg_co2e
    ) as amount_kg_co2e,
    concat_ws(
        '|', 'google', rows.billing_account_id, coalesce(nullif(rows.project_id, ''), '-'), rows.service_description,
        coalesce(nullif(rows.location, ''), 'global')
    ) as claim_id
from rows
where amount_kg_co2e is not null
