-- Run × month: energy with nothing counted twice. A run's energy is spread evenly over its time and cut at month ends
-- and wherever another run on its node starts or ends. Machine-mode runs at one time have each measured the whole node:
-- each keeps its reading divided by their number. What process-mode runs measured meanwhile is part of those readings
-- and is taken off them. Tasks count only where their run's own row is missing (a run that was killed).
with newest as (
    select
        *,
        bool_or(not is_task) over (partition by source_id, run_key) as has_run_row
    from {{ ref('stg_codecarbon__runs') }}
    where is_newest
),

runs as (
    select
        newest.*,
        -- A run of no length has one instant, so that its energy is not lost.
        greatest(newest.ended_at, newest.started_at + interval '1' microsecond) as until_at
    from newest
    where not (newest.is_task and newest.has_run_row)
),

cuts as (
    select source_id, node, started_at as cut_at from runs
    union
    select source_id, node, until_at as cut_at from runs
    union
    select source_id, node, month.month_start as cut_at
    from runs
    cross join unnest(generate_series(
        date_trunc('month', started_at) + interval '1' month, until_at, interval '1' month
    )) as month(month_start)
),

segments as (
    select
        source_id,
        node,
        cut_at as since_at,
        lead(cut_at) over (partition by source_id, node order by cut_at) as until_at
    from cuts
),

pieces as (
    select
        runs.*,
        segments.since_at,
        date_diff('microsecond', segments.since_at, segments.until_at) / 1e6 as seconds,
        date_diff('microsecond', segments.since_at, segments.until_at)
        / date_diff('microsecond', runs.started_at, runs.until_at) as share
    from runs
    inner join segments
        on runs.source_id = segments.source_id
        and runs.node = segments.node
        and runs.started_at <= segments.since_at
        and runs.until_at >= segments.until_at
),

held as (
    select
        *,
        count(*) over same_time as holders,
        count(*) filter (where tracking_mode = 'machine') over same_time as machine_runs,
        coalesce(sum(cpu_kwh * share) filter (where tracking_mode = 'process') over same_time, 0) as process_cpu_kwh,
        coalesce(sum(gpu_kwh * share) filter (where tracking_mode = 'process') over same_time, 0) as process_gpu_kwh,
        coalesce(sum(ram_kwh * share) filter (where tracking_mode = 'process') over same_time, 0) as process_ram_kwh
    from pieces
    window same_time as (partition by source_id, node, since_at)
),

kept as (
    select
        *,
        {%- for part in ['cpu', 'gpu', 'ram'] %}
        case tracking_mode
            when 'machine' then greatest({{ part }}_kwh * share - process_{{ part }}_kwh, 0) / machine_runs
            else {{ part }}_kwh * share
        end as kept_{{ part }}_kwh{{ ',' if not loop.last }}
        {%- endfor %}
    from held
)

select
    source_id,
    delivery_id,
    document_sha256,
    document_row,
    request,
    site_id,
    run_key,
    run_id,
    task_name,
    project_name,
    experiment_id,
    node,
    tracking_mode,
    cast(date_trunc('month', since_at) as date) as period_month,
    fsum(seconds) as seconds,
    coalesce(fsum(seconds) filter (where holders > 1), 0) as shared_seconds,
    fsum(kept_cpu_kwh) as cpu_kwh,
    fsum(kept_gpu_kwh) as gpu_kwh,
    fsum(kept_ram_kwh) as ram_kwh,
    fsum(kept_cpu_kwh) + fsum(kept_gpu_kwh) + fsum(kept_ram_kwh) as energy_kwh,
    fsum(
        cpu_kwh * share - kept_cpu_kwh + (gpu_kwh * share - kept_gpu_kwh) + (ram_kwh * share - kept_ram_kwh)
    ) as duplicate_kwh,
    cpu_tier,
    gpu_tier,
    ram_tier,
    cloud_provider,
    codecarbon_major
from kept
group by all
