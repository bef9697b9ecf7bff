-- One row per run and page of the current deliveries. A run that crosses a month end stands in both months' pages, one
-- that ended while it was asked for in two pages: the newest counts. A parent's energy holds its children's: a run
-- counts unless one of its ancestors logged energy, too.
with recursive rows as (
    select
        documents.source_id,
        documents.delivery_id,
        documents.document_sha256,
        documents.retrieved_at,
        documents.period_month as delivery_month,
        documents.request,
        documents.site_id,
        typed.*,
        case typed.energy_unit
            when 'kWh' then typed.energy_value
            when 'Wh' then typed.energy_value / 1000
            when 'MJ' then typed.energy_value / 3.6
            when 'J' then typed.energy_value / 3600000
        end / typed.pue as energy_kwh,
        row_number() over (
            partition by documents.source_id, documents.request, typed.run_id
            order by
                documents.period_month desc, typed.ended_at desc nulls last, documents.document_sha256 asc,
                typed.document_row asc
        ) = 1 as is_newest
    from {{ source('mlflow', 'mlflow') }} as typed
    inner join {{ ref('stg_documents') }} as documents
        on typed.doc_key = documents.doc_key
        and documents.connector = 'mlflow'
    where documents.is_current
),

newest as (
    select * from rows where is_newest
),

-- Union without all: a circle of parents ends, too.
ancestors as (
    select source_id, request, run_id, parent_run_id as ancestor_id
    from newest
    where parent_run_id is not null
    union
    select ancestors.source_id, ancestors.request, ancestors.run_id, newest.parent_run_id as ancestor_id
    from ancestors
    inner join newest
        on ancestors.source_id = newest.source_id
        and ancestors.request = newest.request
        and ancestors.ancestor_id = newest.run_id
    where newest.parent_run_id is not null
),

chains as (
    select source_id, request, run_id, list(distinct ancestor_id order by ancestor_id) as ancestor_ids
    from ancestors
    where ancestor_id != run_id
    group by source_id, request, run_id
),

inside as (
    select distinct ancestors.source_id, ancestors.request, ancestors.run_id
    from ancestors
    inner join newest
        on ancestors.source_id = newest.source_id
        and ancestors.request = newest.request
        and ancestors.ancestor_id = newest.run_id
    where newest.energy_kwh > 0 and ancestors.ancestor_id != ancestors.run_id
)

select
    rows.source_id,
    rows.delivery_id,
    rows.document_sha256,
    rows.document_row,
    rows.retrieved_at,
    rows.delivery_month,
    rows.request,
    rows.site_id,
    rows.run_id,
    rows.run_name,
    rows.experiment_id,
    rows.experiment_name,
    rows.status,
    rows.lifecycle_stage,
    rows.started_at,
    rows.ended_at,
    rows.duration_s,
    rows.parent_run_id,
    rows.parent_run_id is not null as is_child,
    coalesce(chains.ancestor_ids, []) as ancestor_ids,
    rows.source_name,
    rows.project as project_tag,
    rows.lifecycle_phase,
    rows.params,
    rows.tags,
    rows.energy_metric,
    rows.energy_kwh,
    rows.gpus,
    rows.gpu_model,
    rows.is_newest,
    rows.is_newest and rows.energy_kwh is not null and inside.run_id is null as is_counted
from rows
left join inside
    on rows.source_id = inside.source_id
    and rows.request = inside.request
    and rows.run_id = inside.run_id
left join chains
    on rows.source_id = chains.source_id
    and rows.request = chains.request
    and rows.run_id = chains.run_id
