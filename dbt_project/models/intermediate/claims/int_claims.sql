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

claims as (
    select * from statements
    union all by name
    select * from billed
    union all by name
    select * from {{ ref('int_claims_sites') }}
    union all by name
    select * from {{ ref('int_claims_things') }}
)

select
    claims.* exclude (share_month),
    coalesce(claims.share_month, claims.period_month) as share_month,
    coalesce(sites.entity_id, root.entity_id) as entity_id
from claims
cross join root
left join {{ ref('stg_config__sites') }} as sites
    on claims.site_id = sites.site_id
