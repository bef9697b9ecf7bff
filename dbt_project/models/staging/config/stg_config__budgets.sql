select
    cast(project_id as varchar) as project_id,
    cast(lifecycle_phase as varchar) as lifecycle_phase,
    cast(year as integer) as year,
    cast(accounting_basis as varchar) as accounting_basis,
    cast(amount_kg_co2e as double) as amount_kg_co2e
from {{ source('config', 'budgets') }}
