-- What products were used for, by month, project and metric.
select
    period_month,
    project_id,
    metric,
    cast(quantity as double) as quantity,
    unit,
    source_id,
    document_sha256,
    cast(document_row as bigint) as document_row
from {{ ref('int_volumes') }}
