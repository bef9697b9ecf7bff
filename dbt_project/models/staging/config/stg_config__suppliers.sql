select
    cast(supplier as varchar) as supplier,
    cast(category as varchar) as category,
    cast(covered_category as varchar) as covered_category,
    cast(covered_by as varchar) as covered_by,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to,
    cast(evidence as varchar) as evidence
from {{ source('config', 'suppliers') }}
