-- Slurm jobs cut at month ends, per node and part, with the energy that stands in where nothing measured them: the node
-- energy that the plugin recorded, and hours × power of GPUs (nameplate), of processors (from rest to nameplate by how
-- busy they were; busy where nothing tells) and of memory. The host is estimated where its processor is configured.
with jobs as (
    select *
    from {{ ref('stg_slurm__jobs') }}
    where is_newest and start_at is not null and end_at > start_at
),

pieces as (
    select
        * exclude (node_names, month_start),
        cast(month_start as date) as period_month,
        greatest(start_at, month_start) as since_at,
        least(end_at, month_start + interval '1' month) as until_at,
        greatest(len(node_names), 1) as nodes,
        lower(split_part(
            unnest(case when len(node_names) > 0 then node_names else [cast(null as varchar)] end), '.', 1
        )) as node
    from jobs
    cross join unnest(generate_series(
        date_trunc('month', start_at), end_at - interval '1' second, interval '1' month
    )) as piece(month_start)
),

boards as (
    select
        gres_type,
        min(watts) as watts
    from {{ ref('accelerator_watts') }}
    where gres_type is not null
    group by gres_type
),

powers as (
    select
        pieces.*,
        date_diff('second', pieces.since_at, pieces.until_at) / 3600 as hours,
        date_diff('second', pieces.since_at, pieces.until_at)
        / date_diff('second', pieces.start_at, pieces.end_at) as month_share,
        pieces.alloc_gpus * boards.watts / pieces.nodes as gpu_watts,
        pieces.alloc_cpus / pieces.node_cpus * pieces.node_processors / pieces.nodes * (
            processors.idle_watts + coalesce(pieces.cpu_busy_share, 1) * (processors.watts - processors.idle_watts)
        ) as cpu_watts,
        case when processors.processor is not null then pieces.alloc_memory_gb * memory.watts_per_gb / pieces.nodes end as ram_watts
    from pieces
    left join boards
        on lower(pieces.gpu_type) = boards.gres_type
    left join {{ ref('processor_watts') }} as processors
        on pieces.processor = processors.processor
    cross join {{ ref('memory_watts') }} as memory
    where pieces.period_month in (select months.period_month from {{ ref('int_months') }} as months)
),

parts as (
    select *, 'job' as component, 'metered' as tier, consumed_energy_j / 3600000 * month_share / nodes as kwh
    from powers
    {% for part in ['gpu', 'cpu', 'ram'] %}
    union all by name
    select *, '{{ part }}' as component, 'a_posteriori' as tier, {{ part }}_watts * hours / 1000 as kwh
    from powers
    {% endfor %}
)

select
    source_id,
    delivery_id,
    document_sha256,
    document_row,
    site_id,
    job_id,
    period_month,
    node,
    component,
    tier,
    since_at,
    until_at,
    alloc_gpus,
    kwh
from parts
where kwh > 0 or (component = 'gpu' and alloc_gpus > 0)
