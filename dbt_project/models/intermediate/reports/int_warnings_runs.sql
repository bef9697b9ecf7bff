-- What a reader should know about energy estimated by hours × power: what could not be, because nothing names the power.
select
    'job_without_watts' as code,
    'warning' as severity,
    jobs.period_month,
    jobs.site_id as subject,
    printf('%.0f GPU-hours of Slurm jobs have no energy: ', fsum(jobs.alloc_gpus * jobs.hours))
    || string_agg(distinct coalesce(jobs.gpu_type, 'GPUs without a type'), ', ' order by coalesce(jobs.gpu_type, 'GPUs without a type'))
    || ' is no gres_type of accelerator_watts; name the board in options.nodes of the source' as text
from (
    select
        parts.*,
        listed.gpu_type,
        date_diff('second', parts.since_at, parts.until_at) / 3600 / greatest(len(listed.node_names), 1) as hours
    from {{ ref('int_job_months') }} as parts
    inner join {{ ref('stg_slurm__jobs') }} as listed
        on parts.document_sha256 = listed.document_sha256
        and parts.document_row = listed.document_row
    anti join {{ ref('int_measured_nodes') }} as measured
        on parts.site_id = measured.site_id
        and parts.period_month = measured.period_month
        and measured.component = 'gpu'
    where parts.component = 'gpu' and parts.kwh is null and listed.consumed_energy_j is null
) as jobs
group by jobs.period_month, jobs.site_id
union all
select
    'processor_without_watts' as code,
    'warning' as severity,
    jobs.delivery_month as period_month,
    jobs.site_id as subject,
    'options.nodes of ' || min(jobs.source_id) || ' names ' || jobs.processor
    || ', which is not in processor_watts: its hosts are not estimated; correct the name' as text
from {{ ref('stg_slurm__jobs') }} as jobs
anti join {{ ref('processor_watts') }} as known
    on jobs.processor = known.processor
where jobs.processor is not null
group by jobs.delivery_month, jobs.site_id, jobs.processor
