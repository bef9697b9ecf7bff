-- Profiles of the seed. A profile of which a group names {zone} or {provider} stands once per grid zone or provider.
with profiles as (
    select
        *,
        bool_or(contains(uncertainty_group, '{zone}')) over (partition by profile) as is_zoned,
        bool_or(contains(uncertainty_group, '{provider}')) over (partition by profile) as is_provided
    from {{ ref('uncertainty_components') }}
),

zones as (
    select grid_zone from {{ ref('stg_config__sites') }} where grid_zone is not null
    union
    select geography as grid_zone from {{ ref('int_factors') }}
    union
    select geography as grid_zone from {{ ref('int_indicator_factors') }}
),

providers as (
    select distinct provider from {{ ref('int_statement_lines') }}
),

stood as (
    select
        profiles.* replace (
            profile || ':' || zones.grid_zone as profile,
            replace(uncertainty_group, '{zone}', zones.grid_zone) as uncertainty_group
        )
    from profiles
    cross join zones
    where profiles.is_zoned
    union all by name
    select
        profiles.* replace (
            profile || ':' || providers.provider as profile,
            replace(uncertainty_group, '{provider}', providers.provider) as uncertainty_group
        )
    from profiles
    cross join providers
    where profiles.is_provided
    union all by name
    select * from profiles
    where not is_zoned and not is_provided
)

select
    profile,
    uncertainty_group,
    kind,
    cast(rel_low as double) as rel_low,
    cast(rel_high as double) as rel_high,
    source
from stood
