select
    cast(name as varchar) as name,
    cast(country as varchar) as country,
    cast(currency as varchar) as currency,
    cast(recognition as varchar) as recognition,
    cast(lifetime_months as integer) as lifetime_months,
    cast(gwp_set as varchar) as gwp_set,
    cast(key_tolerance as double) as key_tolerance,
    cast(idle_boards as varchar) as idle_boards,
    cast(paid_hours_per_month as double) as paid_hours_per_month,
    cast(cloud_scope_category as varchar) as cloud_scope_category,
    cast(is_fictional as boolean) as is_fictional
from {{ source('config', 'organization') }}
