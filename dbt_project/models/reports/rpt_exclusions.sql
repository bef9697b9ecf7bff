-- What carries no emissions of its own although a document holds it, and which estimates lost: one row per invoice
-- line, else per document and code. Its quantities foot to what rpt_conservation calls excluded.
{% set families = [
    'int_exclusions_purchases',
    'int_exclusions_documents',
    'int_exclusions_consumption',
    'int_exclusions_hardware',
] %}
with exclusions as (
    {% for family in families %}
    select * from {{ ref(family) }}
    union all by name
    {% endfor %}
    select
        'estimate' as check_name,
        source_id,
        delivery_id,
        document_sha256,
        period_month,
        'estimates not reported' as measure,
        'kg CO2e' as unit,
        not_reported_reason as code,
        estimate_id as subject,
        'another estimate of the same claim is reported' as evidence,
        count(*) as rows,
        fsum(amount) as quantity
    from {{ ref('fct_emissions') }}
    where not is_reported and indicator = 'gwp' and accounting_basis in ('location', 'both')
    group by all
)

select
    check_name,
    source_id,
    delivery_id,
    document_sha256,
    cast(document_row as bigint) as document_row,
    period_month,
    measure,
    unit,
    code,
    subject,
    covered_by,
    evidence,
    cast(rows as bigint) as rows,
    cast(quantity as double) as quantity
from exclusions
