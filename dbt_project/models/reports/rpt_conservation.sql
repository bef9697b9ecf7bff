-- What came in, per document and measure, against where it went.
with checks as (
    select * from {{ ref('int_conservation_statements') }}
    union all by name
    select * from {{ ref('int_conservation_bills') }}
    union all by name
    select * from {{ ref('int_conservation_water') }}
    union all by name
    select * from {{ ref('int_conservation_heat') }}
    union all by name
    select * from {{ ref('int_conservation_assets') }}
    union all by name
    select * from {{ ref('int_conservation_orders') }}
    union all by name
    select * from {{ ref('int_conservation_keys') }}
    union all by name
    select * from {{ ref('int_conservation_usage') }}
    union all by name
    select * from {{ ref('int_conservation_purchases') }}
    union all by name
    select * from {{ ref('int_conservation_tokens') }}
    union all by name
    select * from {{ ref('int_conservation_counted') }}
    union all by name
    select * from {{ ref('int_conservation_logs') }}
    union all by name
    select * from {{ ref('int_conservation_runs') }}
    union all by name
    select * from {{ ref('int_conservation_cores') }}
),

complete as (
    select
        check_name,
        delivery_id,
        document_sha256,
        period_month,
        measure,
        unit,
        accounting_basis,
        provider_scope,
        part,
        cast(tolerance as double) as tolerance,
        {% for column in ['stated', 'ai', 'outside_ai', 'outside_it', 'unattributed', 'key_only', 'excluded', 'rejected'] %}
        cast(coalesce({{ column }}, 0) as double) as {{ column }}{{ ',' if not loop.last }}
        {% endfor %}
    from checks
)

select
    check_name,
    delivery_id,
    document_sha256,
    period_month,
    measure,
    unit,
    accounting_basis,
    provider_scope,
    part,
    stated,
    ai,
    outside_ai,
    outside_it,
    unattributed,
    key_only,
    excluded,
    rejected,
    stated - (ai + outside_ai + outside_it + unattributed + key_only + excluded + rejected) as difference,
    tolerance
from complete
