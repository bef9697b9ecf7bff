-- Everything emissions can be claimed for in a month, at its control total's grain, with who and where.
with root as (
    select min(entity_id) as entity_id
    from {{ ref('stg_config__entities') }}
    where parent_entity_id is null
),

statements as (
    select distinct
        claim_id,
        period_month,
        'statement' as claim_kind,
        cast(null as varchar) as site_id,
        cast(null as varchar) as device_class
    from {{ ref('int_statement_lines') }}
    where is_current and is_in_window and not is_total
),

billed as (
    select distinct
        claim_id,
        period_month,
        'cloud' as claim_kind,
        cast(null as varchar) as site_id,
        cast(null as varchar) as device_class
    from {{ ref('int_cloud_fills') }}
    where treatment != 'stated' and quantity > 0
),

meters as (
    select distinct
        'meter|' || site_id || '|' || meter_id as claim_id,
        period_month,
        'meter' as claim_kind,
        site_id,
        cast(null as varchar) as device_class
    from {{ ref('int_meter_months') }}
    where excluded_code is null and is_control_total
),

unmetered as (
    select
        'meter|' || site_id || '|none' as claim_id,
        period_month,
        'meter' as claim_kind,
        site_id,
        cast(null as varchar) as device_class
    from {{ ref('int_site_balance') }}
    where not is_metered and total_kwh > 0
),

-- A bill is of the whole site, an estimate of what cools its IT.
water as (
    select
        'water|' || site_id as claim_id,
        period_month,
        case estimate_id when 'water_bill' then 'water' else 'cooling' end as claim_kind,
        site_id,
        cast(null as varchar) as device_class
    from {{ ref('int_site_water') }}
),

hardware as (
    select distinct
        'hardware|' || site_id || '|' || device_class as claim_id,
        period_month,
        'hardware' as claim_kind,
        site_id,
        device_class
    from {{ ref('int_hardware_cohorts') }}
    union
    -- A device may be treated when no other of its class counts there any more.
    select
        'hardware|' || site_id || '|' || device_class as claim_id,
        period_month,
        'hardware' as claim_kind,
        site_id,
        device_class
    from {{ ref('int_asset_treatments') }}
    where excluded_code is null
    union
    -- A return is posted where its device counted.
    select distinct
        'hardware|' || site_id || '|' || device_class as claim_id,
        cast(date_trunc('month', returned_date) as date) as period_month,
        'hardware' as claim_kind,
        site_id,
        device_class
    from {{ ref('int_asset_stages') }}
    where
        ownership != 'operating_lease'
        and date_trunc('month', returned_date) in (select months.period_month from {{ ref('int_months') }} as months)
),

orders as (
    select *, 'order' as claim_kind
    from {{ ref('int_order_months') }}
),

purchases as (
    select distinct
        claim_id,
        period_month,
        'purchase' as claim_kind,
        cast(null as varchar) as site_id,
        cast(null as varchar) as device_class
    from {{ ref('int_purchases') }}
    where excluded_code is null
),

tokens as (
    select distinct
        claim_id,
        period_month,
        'tokens' as claim_kind,
        cast(null as varchar) as site_id,
        cast(null as varchar) as device_class
    from {{ ref('int_token_claims') }}
),

burnt as (
    select distinct
        claim_id,
        period_month,
        'fuel' as claim_kind,
        site_id,
        cast(null as varchar) as device_class
    from {{ ref('int_fuel_months') }}
    where excluded_code is null
),

leaked as (
    select distinct
        claim_id,
        period_month,
        'refrigerant' as claim_kind,
        site_id,
        cast(null as varchar) as device_class
    from {{ ref('int_refrigerant_moves') }}
    where used_as = 'leak' and excluded_code is null
),

claims as (
    select * from statements
    union all by name
    select * from tokens
    union all by name
    select * from billed
    union all by name
    select * from meters
    union all by name
    select * from unmetered
    union all by name
    select * from water
    union all by name
    select * from hardware
    union all by name
    select * from orders
    union all by name
    select * from purchases
    union all by name
    select * from burnt
    union all by name
    select * from leaked
)

select
    claims.* exclude (share_month),
    coalesce(claims.share_month, claims.period_month) as share_month,
    coalesce(sites.entity_id, root.entity_id) as entity_id
from claims
cross join root
left join {{ ref('stg_config__sites') }} as sites
    on claims.site_id = sites.site_id
