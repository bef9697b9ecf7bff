-- Results of the document suites; the audit adds those of the marts before publication.
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
from {{ ref('stg_checks') }}
