-- Volumes by project, month and metric, each document apart.
select
    period_month,
    project_id,
    metric,
    cast(quantity as double) as quantity,
    unit,
    source_id,
    document_sha256
from {{ ref('int_volumes') }}
