-- Whole-life figures without the use phase. Where the maker splits manufacturing, transport and end of life, the
-- three stand apart; else one figure, total × (1 − use share).
select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    rows.document_row,
    rows.manufacturer,
    rows.name as model,
    rows.category,
    rows.subcategory,
    rows.gwp_total_kg_co2e,
    rows.gwp_error_ratio,
    rows.gwp_manufacturing_ratio is not null
    and rows.gwp_transport_ratio is not null
    and rows.gwp_eol_ratio is not null as has_stages,
    rows.gwp_total_kg_co2e * rows.gwp_manufacturing_ratio as manufacturing_kg_co2e,
    rows.gwp_total_kg_co2e * rows.gwp_transport_ratio as transport_kg_co2e,
    rows.gwp_total_kg_co2e * rows.gwp_eol_ratio as end_of_life_kg_co2e,
    rows.gwp_total_kg_co2e * (1 - rows.gwp_use_ratio) as embodied_kg_co2e,
    rows.report_date,
    rows.sources as publication
from {{ source('typed', 'boavizta') }} as rows
inner join {{ ref('stg_documents') }} as documents
    on rows.doc_key = documents.doc_key
    and documents.connector = 'boavizta'
where
    documents.is_current
    and rows.gwp_total_kg_co2e > 0
    and rows.gwp_use_ratio between 0 and 1
