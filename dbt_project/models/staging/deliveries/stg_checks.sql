select
    source_id,
    door,
    suite,
    check_id,
    description,
    severity,
    success,
    cast(rows_checked as bigint) as rows_checked,
    cast(rows_failed as bigint) as rows_failed,
    observed,
    remedy
from {{ source('deliveries', 'checks') }}
