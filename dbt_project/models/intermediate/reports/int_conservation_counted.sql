-- Images and audio of each document in force: counted, and left out whole with a code.
with stated as (
    select delivery_id, document_sha256, delivery_month, counted_unit, fsum(counted) as counted
    from {{ ref('int_token_lines') }}
    where counted_unit is not null
    group by delivery_id, document_sha256, delivery_month, counted_unit
),

left_out as (
    select document_sha256, counted_unit, fsum(counted) as counted
    from {{ ref('int_token_usage') }}
    where excluded_code is not null
    group by document_sha256, counted_unit
)

select
    'tokens' as check_name,
    stated.delivery_id,
    stated.document_sha256,
    stated.delivery_month as period_month,
    stated.counted_unit || 's' as measure,
    stated.counted_unit as unit,
    stated.counted as stated,
    coalesce(left_out.counted, 0) as excluded,
    1e-9 * greatest(stated.counted, 1) as tolerance
from stated
left join left_out
    on stated.document_sha256 = left_out.document_sha256
    and stated.counted_unit = left_out.counted_unit
