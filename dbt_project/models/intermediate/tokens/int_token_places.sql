-- Where each provider computes, with which PUE, and which cloud's bill or statement may hold the same tokens: the
-- organization's own word for the account, then for the provider, then the shipped default.
with accounts as (
    select distinct provider, named_provider, account
    from {{ ref('int_token_lines') }}
)

select
    accounts.provider,
    accounts.account,
    max(coalesce(own.grid_zone, defaults.grid_zone)) as grid_zone,
    max(coalesce(own.pue, defaults.pue)) as pue,
    -- An Azure resource's id names its account in every bill and statement.
    max(coalesce(own.cloud_account, case when starts_with(accounts.account, '/subscriptions/') then accounts.account end))
    as cloud_account,
    max(defaults.cloud) as cloud,
    max(defaults.cloud_service_pattern) as cloud_service_pattern,
    coalesce(bool_or(defaults.is_own), false) as is_own,
    max(coalesce('api_places.csv: ' || own.evidence, defaults.source)) as evidence
from accounts
left join (
    select *
    from {{ ref('stg_config__api_places') }}
    qualify row_number() over (partition by provider, account order by grid_zone) = 1
) as own
    on own.provider = accounts.provider
    and (
        own.account = accounts.account
        or (
            own.account is null
            and not exists (
                select 1 from {{ ref('stg_config__api_places') }} as closer
                where closer.provider = accounts.provider and closer.account = accounts.account
            )
        )
    )
left join {{ ref('token_providers') }} as defaults
    on accounts.named_provider = defaults.provider
group by accounts.provider, accounts.account
