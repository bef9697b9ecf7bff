-- Offsets and removals stand here alone and are subtracted nowhere: what Google's export subtracted until August 2025.
select
    period_month,
    source_id,
    provider || ': ' || description || ' (' || claim_id || ')' as description,
    cast(amount_kg_co2e as double) as amount,
    'kg CO2e' as unit,
    document_sha256
from {{ ref('stg_google_carbon_footprint__offsets') }}
where is_current_delivery
