-- Every kWh known about a site and month, and what it is used as: `total` (the outermost meters; what is exported or
-- charged counts negative), `key` (it splits the total) or `loser` (measured again by something that ranks above it).
with meters as (
    select
        period_month,
        site_id,
        meter_id as device_id,
        cast(null as varchar) as job_id,
        case when is_control_total then 'meter|' || site_id || '|' || meter_id end as claim_id,
        cast(null as varchar) as thing_id,
        case when is_control_total or role in ('incoming', 'export') then 'site' else 'meter:' || role end as component,
        energy_source,
        case when is_control_total or role in ('incoming', 'export') then 'total' else 'key' end as used_as,
        cast(null as varchar) as reason,
        'metered' as tier,
        source_id,
        min(document_sha256) as document_sha256,
        fsum(case when role = 'export' then -kwh else kwh end) as kwh
    from {{ ref('int_meter_months') }}
    where excluded_code is null
    group by all
),

boards as (
    select
        period_month,
        site_id,
        device_id,
        job_id,
        cast(null as varchar) as claim_id,
        thing_id,
        'gpu' as component,
        'grid' as energy_source,
        'key' as used_as,
        cast(null as varchar) as reason,
        'metered' as tier,
        source_id,
        min(document_sha256) as document_sha256,
        fsum(kwh) as kwh
    from {{ ref('int_board_hours') }}
    group by all
),

nodes as (
    select
        * rename (node as device_id),
        case when thing_id like 'job|%' then split_part(thing_id, '|', 3) end as job_id,
        -- What a node's meter shows of its boards, and a processor's of its pods, is theirs; else a meter like it stands.
        case
            when used_as = 'loser' and reason = 'inner_measure' then case component when 'node' then 'gpu' else 'pod' end
            when used_as = 'loser' then case component when 'rack' then 'node' else component end
        end as covered_by,
        'grid' as energy_source,
        'metered' as tier
    from {{ ref('int_shared_node_energy') }}
),

jobs as (
    select
        * rename (node as device_id),
        concat_ws('|', 'job', site_id, job_id) as thing_id,
        'grid' as energy_source
    from {{ ref('int_job_energy') }}
),

-- Measured of a provider's machines: what it splits is the provider's statement, no site.
provider as (
    select
        period_month,
        cast(null as varchar) as site_id,
        instance_id as device_id,
        run_key as job_id,
        claim_id,
        thing_id,
        'gpu' as component,
        'grid' as energy_source,
        case when is_complete then 'key' else 'loser' end as used_as,
        case when not is_complete then 'covered_by' end as reason,
        case when not is_complete then 'statement' end as covered_by,
        'metered' as tier,
        source_id,
        document_sha256,
        kwh
    from {{ ref('int_provider_energy') }}
)

select * from meters
union all by name
select * from boards
union all by name
select * from nodes
union all by name
select * from {{ ref('int_lost_energy') }}
union all by name
select * from jobs
union all by name
select * from {{ ref('int_run_energy') }}
union all by name
select * from provider
union all by name
select * from {{ ref('int_load_energy') }}
