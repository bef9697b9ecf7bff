-- List cost of each bill in force, as its rows add up, against what serves as a key and what carries no emissions.
with stated as (
    select delivery_id, document_sha256, period_month, currency, fsum(amount) as stated
    from {{ ref('stg_focus__document_costs') }}
    where is_current_delivery and measure = 'list' and amount is not null
    group by delivery_id, document_sha256, period_month, currency
),

parts as (
    select
        delivery_id,
        document_sha256,
        currency,
        coalesce(fsum(list_cost) filter (where excluded_code is null), 0) as key_only,
        coalesce(fsum(list_cost) filter (where excluded_code is not null), 0) as excluded
    from {{ ref('stg_focus__usage') }}
    where is_current_delivery
    group by delivery_id, document_sha256, currency
)

select
    'usage' as check_name,
    stated.delivery_id,
    stated.document_sha256,
    stated.period_month,
    'list cost' as measure,
    stated.currency as unit,
    stated.stated,
    coalesce(parts.key_only, 0) as key_only,
    coalesce(parts.excluded, 0) as excluded,
    1e-9 * greatest(abs(stated.stated), 1) as tolerance
from stated
left join parts
    on stated.delivery_id = parts.delivery_id
    and stated.document_sha256 = parts.document_sha256
    and stated.currency is not distinct from parts.currency
