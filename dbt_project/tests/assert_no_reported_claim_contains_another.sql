select pairs.*
from {{ ref('int_claim_overlaps') }} as pairs
inner join {{ ref('fct_emissions') }} as inner_rows
    on pairs.claim_id = inner_rows.claim_id
    and pairs.period_month = inner_rows.period_month
    and inner_rows.is_reported
inner join {{ ref('fct_emissions') }} as outer_rows
    on pairs.contained_in_claim_id = outer_rows.claim_id
    and pairs.period_month = outer_rows.period_month
    and outer_rows.is_reported
    and inner_rows.recognition = outer_rows.recognition
