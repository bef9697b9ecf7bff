-- Requests by month, project and who makes them where, once for the device and once for the network: kWh per request. Of
-- the rows of one source, place and who the newest that is not younger than the month holds.
with requests as (
    select
        source_id,
        project_id,
        period_month,
        max(delivery_id) as delivery_id,
        case when count(distinct document_sha256) = 1 then min(document_sha256) end as document_sha256,
        case when count(*) = 1 then min(document_row) end as document_row,
        max(retrieved_at) as retrieved_at,
        fsum(quantity) as project_requests
    from {{ ref('int_volumes') }}
    where metric = 'requests'
    group by source_id, project_id, period_month
),

profiled as (
    select
        requests.*,
        profiles.* exclude (project_id, source_id, valid_from, valid_to),
        profiles.valid_from as profile_from,
        requests.project_requests * profiles.request_share as quantity
    from requests
    inner join {{ ref('stg_config__usage_profiles') }} as profiles
        on requests.project_id = profiles.project_id
        and requests.source_id = profiles.source_id
        and requests.period_month >= date_trunc('month', profiles.valid_from)
        and requests.period_month <= coalesce(profiles.valid_to, date '9999-12-31')
    qualify row_number() over (
        partition by
            requests.project_id, requests.source_id, requests.period_month, profiles.who, profiles.grid_zone, profiles.site_id
        order by profiles.valid_from desc
    ) = 1
),

-- Published figures differ sixtyfold: the newest for the whole way from datacenter to user serves.
network as (
    select factor_id, value
    from {{ ref('network_intensity') }}
    where segment = 'internet' and stage = 'use'
    order by data_year desc nulls last, factor_id asc
    limit 1
),

activities as (
    select
        profiled.*,
        'device' as what,
        profiled.device_kwh_per_request as kwh_per_request,
        cast(null as varchar) as network_factor_id,
        cast(null as double) as kwh_per_gb
    from profiled
    where profiled.device_kwh_per_request > 0
    union all by name
    select
        profiled.*,
        'network' as what,
        profiled.gb_per_request * network.value as kwh_per_request,
        network.factor_id as network_factor_id,
        network.value as kwh_per_gb
    from profiled
    cross join network
    where profiled.gb_per_request > 0
)

select
    *,
    concat_ws('|', 'usage', project_id, who, grid_zone, source_id, coalesce(site_id, '-'), what) as claim_id,
    concat_ws(
        '.', 'usage', project_id, who, grid_zone, source_id, coalesce(site_id, '-'), what, profile_from
    ) as profile_factor_id
from activities
