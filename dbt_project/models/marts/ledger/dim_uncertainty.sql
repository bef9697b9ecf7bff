-- Profiles of the seed, with one set of groups per grid zone or provider where they name one.
with zones as (
    select grid_zone from {{ ref('stg_config__sites') }} where grid_zone is not null
    union
    select geography as grid_zone from {{ ref('int_factors') }}
),

providers as (
    select distinct provider from {{ ref('int_statement_lines') }}
),

zoned as (
    select
        components.profile || ':' || zones.grid_zone as profile,
        replace(components.uncertainty_group, '{zone}', zones.grid_zone) as uncertainty_group,
        components.kind,
        components.rel_low,
        components.rel_high,
        components.source
    from {{ ref('uncertainty_components') }} as components
    cross join zones
    where split_part(components.profile, '.', 1) in ('meter', 'market', 'telemetry', 'lost', 'cloud')
),

provided as (
    select
        components.profile || ':' || providers.provider as profile,
        replace(components.uncertainty_group, '{provider}', providers.provider) as uncertainty_group,
        components.kind,
        components.rel_low,
        components.rel_high,
        components.source
    from {{ ref('uncertainty_components') }} as components
    cross join providers
    where split_part(components.profile, '.', 1) in ('statement', 'trailing')
),

plain as (
    select profile, uncertainty_group, kind, rel_low, rel_high, source
    from {{ ref('uncertainty_components') }}
    where split_part(profile, '.', 1) not in ('meter', 'market', 'telemetry', 'lost', 'cloud', 'statement', 'trailing')
)

select
    profile,
    uncertainty_group,
    kind,
    cast(rel_low as double) as rel_low,
    cast(rel_high as double) as rel_high,
    source
from (
    select * from zoned
    union all by name
    select * from provided
    union all by name
    select * from plain
) as components
