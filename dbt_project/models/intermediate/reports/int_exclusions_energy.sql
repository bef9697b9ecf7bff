-- Measured again inside a meter; what jobs say of themselves is in no check of kilowatt-hours.
with energy as (
    select
        case sources.connector when 'prometheus' then 'telemetry' else 'job_energy' end as check_name,
        energy.source_id,
        energy.period_month,
        'telemetry energy' as measure,
        'kWh' as unit,
        coalesce(energy.reason, 'inner_measure') as code,
        string_agg(distinct energy.site_id, ', ' order by energy.site_id) as evidence,
        count(*) as rows,
        fsum(energy.kwh) as quantity
    from {{ ref('int_energy') }} as energy
    inner join {{ ref('stg_config__sources') }} as sources
        on energy.source_id = sources.source_id
    where
        energy.used_as = 'loser'
        and coalesce(energy.reason, '') != 'lost_telemetry'
        and not coalesce(energy.thing_id like 'run|%', false)
    group by sources.connector, energy.source_id, energy.period_month, coalesce(energy.reason, 'inner_measure')
)

select * from energy
