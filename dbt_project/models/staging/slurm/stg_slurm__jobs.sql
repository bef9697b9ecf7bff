-- One row per job. A job that crosses a month end stands in both months' documents: the later one, which knows its
-- end, counts; one that still runs has used what it ran so far. Node energy stands on the job row or on its steps, never
-- to be summed: the job's, else the largest. A requeued job is printed once per run, each followed by its steps.
with lines as (
    select
        typed_rows.*,
        documents.source_id,
        documents.delivery_id,
        documents.document_sha256,
        documents.site_id,
        documents.period_month as delivery_month,
        split_part(typed_rows.job_id_raw, '.', 1) as raw_job,
        sum(case when typed_rows.is_step then 0 else 1 end) over (
            partition by typed_rows.doc_key, split_part(typed_rows.job_id_raw, '.', 1) order by typed_rows.document_row
        ) as run_number
    from {{ source('typed', 'slurm_sacct') }} as typed_rows
    inner join {{ ref('stg_documents') }} as documents
        on typed_rows.doc_key = documents.doc_key
        and documents.connector = 'slurm_sacct'
    where documents.is_current
),

step_energy as (
    select
        doc_key,
        raw_job,
        run_number,
        max(consumed_energy_j) as consumed_energy_j
    from lines
    where is_step
    group by doc_key, raw_job, run_number
)

select
    jobs.source_id,
    jobs.delivery_id,
    jobs.document_sha256,
    jobs.document_row,
    jobs.site_id,
    jobs.delivery_month,
    jobs.raw_job as job_id,
    jobs.job_id as job_name_id,
    jobs.job_name,
    jobs.cluster,
    jobs.account,
    jobs.partition as slurm_partition,
    jobs.state,
    jobs.submit_at,
    jobs.start_at,
    coalesce(jobs.end_at, jobs.start_at + to_seconds(jobs.elapsed_s)) as end_at,
    jobs.elapsed_s,
    coalesce(jobs.alloc_gpus, 0) as alloc_gpus,
    jobs.gpu_type,
    coalesce(jobs.alloc_cpus, 0) as alloc_cpus,
    jobs.alloc_memory_gb,
    jobs.cpu_busy_share,
    jobs.processor,
    jobs.node_processors,
    jobs.node_cpus,
    jobs.node_names,
    nullif(jobs.comment, '') as comment,
    jobs.admin_comment,
    jobs.wckey,
    nullif(regexp_extract(concat_ws(' ', jobs.comment, jobs.admin_comment, jobs.wckey), 'lifecycle_phase:(\w+)', 1), '') as comment_phase,
    coalesce(jobs.consumed_energy_j, step_energy.consumed_energy_j) as consumed_energy_j,
    row_number() over (
        partition by jobs.site_id, jobs.raw_job, jobs.submit_at
        order by jobs.delivery_month desc, jobs.elapsed_s desc
    ) = 1 as is_newest
from lines as jobs
left join step_energy
    on jobs.doc_key = step_energy.doc_key
    and jobs.raw_job = step_energy.raw_job
    and jobs.run_number = step_energy.run_number
where not jobs.is_step
