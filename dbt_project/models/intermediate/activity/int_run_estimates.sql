-- Energy of MLflow's runs that logged none: hours × nameplate watts of the GPUs they name. A nested run is inside its
-- parent; of a chain of runs in which one logged its energy nothing is estimated.
with runs as (
    select * from {{ ref('stg_mlflow__runs') }} where is_newest
),

powers as (
    select
        runs.*,
        (
            select min(boards.watts)
            from {{ ref('accelerator_watts') }} as boards
            where
                lower(runs.gpu_model) in (lower(boards.device), boards.gres_type)
                or regexp_full_match(runs.gpu_model, boards.model_pattern)
        ) as watts
    from runs
    where coalesce(runs.energy_kwh, 0) = 0 and runs.gpus > 0 and runs.duration_s > 0
),

chains as (
    select source_id, request, run_id, unnest(ancestor_ids) as ancestor_id from runs
),

-- Runs in whose chain, above or below, energy was logged; and runs below one that is estimated itself.
told as (
    select chains.source_id, chains.request, chains.run_id
    from chains
    inner join runs
        on chains.source_id = runs.source_id
        and chains.request = runs.request
        and chains.ancestor_id = runs.run_id
    where runs.energy_kwh > 0
    union
    select chains.source_id, chains.request, chains.ancestor_id as run_id
    from chains
    inner join runs
        on chains.source_id = runs.source_id
        and chains.request = runs.request
        and chains.run_id = runs.run_id
    where runs.energy_kwh > 0
    union
    select chains.source_id, chains.request, chains.run_id
    from chains
    inner join powers
        on chains.source_id = powers.source_id
        and chains.request = powers.request
        and chains.ancestor_id = powers.run_id
    where powers.watts is not null
)

select
    powers.source_id,
    powers.delivery_id,
    powers.document_sha256,
    powers.site_id,
    powers.delivery_month,
    powers.request,
    powers.run_id,
    powers.started_at,
    powers.ended_at,
    powers.gpus * powers.watts * powers.duration_s / 3600000 as kwh
from powers
anti join told
    on powers.source_id = told.source_id
    and powers.request = told.request
    and powers.run_id = told.run_id
where powers.watts is not null
