-- What is owned, bought or called and can be claimed for in a month: devices, orders, invoice lines, models of APIs.
with hardware as (
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

usage as (
    select distinct
        claim_id,
        period_month,
        'usage' as claim_kind,
        cast(null as varchar) as site_id,
        cast(null as varchar) as device_class
    from {{ ref('int_emissions_usage') }}
)

select * from tokens
union all by name
select * from hardware
union all by name
select * from orders
union all by name
select * from purchases
union all by name
select * from usage
