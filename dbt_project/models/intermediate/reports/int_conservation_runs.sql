-- Energy that runs state in each document, the tool's own PUE taken out, or their hours × power, against what became of it: keys, losers (with
-- their reason in fct_energy), months outside the build, and rows that a later total or the run's own row replaces.
with newest_runs as (
    select distinct source_id, run_key from {{ ref('stg_codecarbon__runs') }} where is_newest and not is_task
),

rows as (
    select
        files.source_id,
        files.delivery_id,
        files.document_sha256,
        files.delivery_month,
        files.cpu_kwh + files.gpu_kwh + files.ram_kwh as kwh,
        not files.is_newest or (files.is_task and newest_runs.run_key is not null) as is_replaced
    from {{ ref('stg_codecarbon__runs') }} as files
    left join newest_runs
        on files.source_id = newest_runs.source_id
        and files.run_key = newest_runs.run_key
    where files.is_current_delivery
    union all
    select
        source_id,
        delivery_id,
        document_sha256,
        delivery_month,
        energy_kwh as kwh,
        not is_newest as is_replaced
    from {{ ref('stg_mlflow__runs') }}
    where energy_kwh is not null
    union all
    select source_id, delivery_id, document_sha256, delivery_month, kwh, false as is_replaced
    from {{ ref('int_run_estimates') }}
    union all
    select
        source_id,
        delivery_id,
        document_sha256,
        period_month as delivery_month,
        kwh,
        period_month not in (select months.period_month from {{ ref('int_months') }} as months) as is_replaced
    from {{ ref('stg_azure_monitor__gpu_hours') }}
),

stated as (
    select
        source_id,
        document_sha256,
        min(delivery_id) as delivery_id,
        min(delivery_month) as period_month,
        fsum(kwh) as stated,
        coalesce(fsum(kwh) filter (where is_replaced), 0) as replaced
    from rows
    group by source_id, document_sha256
),

used as (
    select
        source_id,
        document_sha256,
        coalesce(fsum(kwh) filter (where used_as = 'key'), 0) as key_only,
        coalesce(fsum(kwh) filter (where used_as = 'loser'), 0) as excluded
    from {{ ref('int_energy') }}
    where thing_id like 'run|%'
    group by source_id, document_sha256
),

outside as (
    select source_id, document_sha256, fsum(kwh) as excluded
    from {{ ref('int_run_months') }}
    where reason = 'other_period'
    group by source_id, document_sha256
)

select
    'runs' as check_name,
    stated.delivery_id,
    stated.document_sha256,
    stated.period_month,
    'run energy' as measure,
    'kWh' as unit,
    stated.stated,
    stated.replaced as superseded,
    coalesce(used.key_only, 0) as key_only,
    stated.replaced + coalesce(used.excluded, 0) + coalesce(outside.excluded, 0) as excluded,
    1e-9 * greatest(stated.stated, 1) as tolerance
from stated
left join used
    on stated.source_id = used.source_id
    and stated.document_sha256 = used.document_sha256
left join outside
    on stated.source_id = outside.source_id
    and stated.document_sha256 = outside.document_sha256
