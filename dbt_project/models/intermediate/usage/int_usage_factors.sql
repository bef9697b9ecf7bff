-- What a request takes, as the ledger names it: kWh of a device, gigabytes over the network; and the network's kWh
-- per gigabyte.
with profiles as (
    select
        profile_factor_id as factor_id,
        min(project_id || ', ' || who || ': ' || what || ' per request') as name,
        min(profile_from) as valid_from,
        min(case what when 'device' then kwh_per_request else gb_per_request end) as value,
        min(case what when 'device' then 'kWh/request' else 'GB/request' end) as unit,
        min(grid_zone) as geography,
        'Organization: usage_profiles.csv, ' || min(evidence) as source,
        'organization, internal use' as licence
    from {{ ref('int_usage') }}
    group by profile_factor_id
),

networks as (
    select
        factor_id,
        name,
        coalesce(make_date(data_year, 1, 1), date '1900-01-01') as valid_from,
        value,
        unit,
        'world' as geography,
        source,
        licence,
        note
    from {{ ref('network_intensity') }}
)

select
    *,
    'Footing' as publisher,
    'direct' as factor_boundary,
    'co2e' as gases,
    'unknown' as gwp_set,
    'both' as accounting_basis,
    'energy' as indicator,
    'usage.energy' as uncertainty_profile
from (
    select * from profiles
    union all by name
    select * from networks
) as factors
