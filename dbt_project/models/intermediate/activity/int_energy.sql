-- Every kWh known about a site and month, and what it is used as: `total` (the outermost meter), `key` (it splits
-- the total) or `loser` (measured again by something that ranks above it).
with metered_months as (
    select distinct site_id, period_month from {{ ref('int_board_hours') }}
),

meters as (
    select
        period_month,
        site_id,
        meter_id as device_id,
        cast(null as varchar) as job_id,
        'meter|' || site_id || '|' || meter_id as claim_id,
        cast(null as varchar) as thing_id,
        'site' as component,
        energy_source,
        'total' as used_as,
        cast(null as varchar) as reason,
        'metered' as tier,
        source_id,
        min(document_sha256) as document_sha256,
        fsum(kwh) as kwh
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
        'grid' as energy_source,
        'metered' as tier
    from {{ ref('int_node_energy') }}
),

jobs as (
    select
        jobs.period_month,
        jobs.site_id,
        cast(null as varchar) as device_id,
        jobs.job_id,
        cast(null as varchar) as claim_id,
        concat_ws('|', 'job', jobs.site_id, jobs.job_id) as thing_id,
        'gpu' as component,
        'grid' as energy_source,
        case when metered_months.site_id is null then 'key' else 'loser' end as used_as,
        case when metered_months.site_id is not null then 'inner_measure' end as reason,
        jobs.tier,
        jobs.source_id,
        min(jobs.document_sha256) as document_sha256,
        fsum(jobs.kwh) as kwh
    from {{ ref('int_job_months') }} as jobs
    left join metered_months
        on jobs.site_id = metered_months.site_id
        and jobs.period_month = metered_months.period_month
    where jobs.kwh > 0
    group by all
),

loads as (
    select
        months.period_month,
        loads.site_id,
        loads.load_id as device_id,
        cast(null as varchar) as job_id,
        cast(null as varchar) as claim_id,
        'load|' || loads.load_id as thing_id,
        'load' as component,
        'grid' as energy_source,
        'key' as used_as,
        cast(null as varchar) as reason,
        'a_posteriori' as tier,
        'config' as source_id,
        cast(null as varchar) as document_sha256,
        loads.kw * 24 * date_diff('day', months.period_month, cast(months.period_month + interval '1' month as date))
        as kwh
    from {{ ref('stg_config__loads') }} as loads
    inner join {{ ref('int_months') }} as months
        on months.period_month >= coalesce(loads.valid_from, date '1900-01-01')
        and months.period_month < coalesce(loads.valid_to, date '9999-12-31')
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
select * from loads
