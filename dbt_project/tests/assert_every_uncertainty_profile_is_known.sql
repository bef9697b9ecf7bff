-- A row or factor whose profile is unknown would lose its interval, and the row itself.
select uncertainty_profile
from (
    select uncertainty_profile from {{ ref('int_emissions') }}
    union all
    select uncertainty_profile from {{ ref('dim_factor') }}
) as used
where uncertainty_profile not in (select profiles.profile from {{ ref('dim_uncertainty') }} as profiles)
