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
    where excluded_code is null
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

hardware as (
    select distinct
        'hardware|' || site_id || '|' || device_class as claim_id,
        period_month,
        'hardware' as claim_kind,
        site_id,
        device_class
    from {{ ref('int_asset_months') }}
),

orders as (
    select
        concat_ws('|', 'order', order_id, order_line) as claim_id,
        cast(date_trunc('month', order_date) as date) as period_month,
        'order' as claim_kind,
        min(site_id) as site_id,
        min(device_class) as device_class,
        cast(date_trunc('month', min(in_service_date)) as date) as share_month
    from {{ ref('int_asset_stages') }}
    where date_trunc('month', order_date) in (select months.period_month from {{ ref('int_months') }} as months)
    group by order_id, order_line, date_trunc('month', order_date)
),

claims as (
    select * from statements
    union all by name
    select * from billed
    union all by name
    select * from meters
    union all by name
    select * from unmetered
    union all by name
    select * from hardware
    union all by name
    select * from orders
)

select
    claims.* exclude (share_month),
    coalesce(claims.share_month, claims.period_month) as share_month,
    coalesce(sites.entity_id, root.entity_id) as entity_id
from claims
cross join root
left join {{ ref('stg_config__sites') }} as sites
    on claims.site_id = sites.site_id
