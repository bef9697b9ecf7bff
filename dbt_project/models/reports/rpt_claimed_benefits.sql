-- Emissions that providers say their clients avoided. Beside the footprint, in no total: a benefit against an imagined
-- course of events is no reduction of what was emitted.
select
    period_from,
    period_to,
    provider,
    service,
    region,
    source_id,
    description,
    cast(amount_kg_co2e as double) as amount,
    'kg CO2e' as unit,
    document_sha256
from {{ ref('stg_aws_console_csv__benefits') }}
where is_current_delivery
