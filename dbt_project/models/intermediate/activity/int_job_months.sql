-- Slurm jobs cut at month ends, with the energy that stands in where boards were not measured: the node energy that
-- the plugin recorded, else GPU hours × nameplate watts.
with jobs as (
    select *
    from {{ ref('stg_slurm__jobs') }}
    where is_newest and start_at is not null and end_at is not null and end_at > start_at
),

pieces as (
    select
        jobs.*,
        cast(piece.month_start as date) as period_month,
        date_diff(
            'second',
            greatest(jobs.start_at, piece.month_start),
            least(jobs.end_at, piece.month_start + interval '1' month)
        ) as seconds_in_month,
        date_diff('second', jobs.start_at, jobs.end_at) as seconds_in_all
    from jobs
    cross join unnest(generate_series(
        date_trunc('month', jobs.start_at), jobs.end_at - interval '1' second, interval '1' month
    )) as piece(month_start)
),

watts as (
    select
        gres_type,
        min(watts) as board_w
    from {{ ref('accelerator_watts') }}
    where gres_type is not null
    group by gres_type
)

select
    pieces.source_id,
    pieces.delivery_id,
    pieces.document_sha256,
    pieces.document_row,
    pieces.site_id,
    pieces.job_id,
    pieces.period_month,
    pieces.alloc_gpus,
    pieces.alloc_gpus * pieces.seconds_in_month / 3600 as gpu_hours,
    coalesce(
        pieces.consumed_energy_j / 3600000 * pieces.seconds_in_month / pieces.seconds_in_all,
        pieces.alloc_gpus * pieces.seconds_in_month / 3600 * watts.board_w / 1000
    ) as kwh,
    case when pieces.consumed_energy_j is not null then 'metered' else 'a_posteriori' end as tier
from pieces
left join watts
    on lower(pieces.gpu_type) = watts.gres_type
where pieces.period_month in (select months.period_month from {{ ref('int_months') }} as months)
