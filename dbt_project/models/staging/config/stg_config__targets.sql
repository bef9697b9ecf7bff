select
    cast(target_id as varchar) as target_id,
    cast(name as varchar) as name,
    cast(name_fr as varchar) as name_fr,
    cast(total as varchar) as total,
    cast(accounting_basis as varchar) as accounting_basis,
    cast(base_from as date) as base_from,
    cast(base_to as date) as base_to,
    cast(target_month as date) as target_month,
    cast(reduction as double) as reduction
from {{ source('config', 'targets') }}
