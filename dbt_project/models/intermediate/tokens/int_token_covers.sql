-- Where a cloud's figures hold tokens of an API too, month by month. A statement that holds the service, or stands to come,
-- covers the tokens. Where the cloud only bills the service (spend, the weakest tier) the tokens take its place if
-- config/api_places.csv names the account; else the tokens are left out, for nobody knows how much of the bill they are.
with accounts as (
    select distinct
        lines.period_month,
        places.provider,
        places.account,
        places.cloud,
        places.cloud_account,
        places.cloud_service_pattern
    from {{ ref('int_token_lines') }} as lines
    inner join {{ ref('int_token_places') }} as places
        on lines.provider = places.provider
        and lines.account = places.account
    where places.cloud is not null
),

cloud_claims as (
    select distinct provider as cloud, claim_id, period_month, service, 'stated' as treatment, false as is_spend
    from {{ ref('int_statement_lines') }}
    where is_current and not is_total and indicator = 'gwp'
    union
    select provider as cloud, claim_id, period_month, service, treatment, not has_hardware as is_spend
    from {{ ref('int_cloud_claims') }}
)

select
    accounts.provider,
    accounts.account,
    accounts.period_month,
    cloud_claims.claim_id as cloud_claim_id,
    cloud_claims.treatment,
    cloud_claims.treatment not in ('gap_fill', 'estimate')
    or not cloud_claims.is_spend
    or accounts.cloud_account is null as is_token_covered
from accounts
inner join cloud_claims
    on accounts.cloud = cloud_claims.cloud
    and accounts.period_month = cloud_claims.period_month
    and regexp_full_match(coalesce(cloud_claims.service, '-'), accounts.cloud_service_pattern, 'i')
    and (accounts.cloud_account is null or contains(lower(cloud_claims.claim_id), lower(accounts.cloud_account)))
