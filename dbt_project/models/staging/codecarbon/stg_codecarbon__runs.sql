-- One row per row of CodeCarbon's files. The tool multiplies every energy by the PUE that its user set: here it is
-- taken out, once. A run writes running totals, and the file of one month holds those before it: the last row counts.
with rows as (
    select
        documents.source_id,
        documents.delivery_id,
        documents.document_sha256,
        documents.retrieved_at,
        documents.period_month as delivery_month,
        documents.is_current as is_current_delivery,
        documents.request,
        documents.site_id,
        coalesce(
            typed.run_id, concat_ws('|', documents.request, typed.project_name, typed.ended_at, typed.duration_s)
        ) as run_key,
        typed.*
    from {{ source('codecarbon', 'codecarbon') }} as typed
    inner join {{ ref('stg_documents') }} as documents
        on typed.doc_key = documents.doc_key
        and documents.connector = 'codecarbon'
    where documents.is_usable
)

select
    source_id,
    delivery_id,
    document_sha256,
    document_row,
    retrieved_at,
    is_current_delivery,
    request,
    site_id,
    delivery_month,
    run_key,
    run_id,
    project_name,
    experiment_id,
    task_name,
    is_task,
    started_at,
    ended_at,
    duration_s,
    tracking_mode,
    request as node,
    cpu_energy_kwh / pue as cpu_kwh,
    gpu_energy_kwh / pue as gpu_kwh,
    ram_energy_kwh / pue as ram_kwh,
    energy_consumed_kwh / pue as energy_kwh,
    pue as tool_pue,
    emissions_kg_co2e as reported_emissions_kg_co2e,
    codecarbon_version,
    try_cast(split_part(codecarbon_version, '.', 1) as integer) as codecarbon_major,
    case when cpu_is_metered then 'metered' else 'a_posteriori' end as cpu_tier,
    case when gpu_energy_kwh > 0 then 'metered' end as gpu_tier,
    'a_posteriori' as ram_tier,
    country_iso_code,
    region,
    cloud_provider,
    is_current_delivery and row_number() over (
        partition by source_id, run_key, is_task, task_name
        order by is_current_delivery desc, ended_at desc, delivery_month desc, document_sha256 desc, document_row desc
    ) = 1 as is_newest
from rows
