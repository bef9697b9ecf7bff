-- What stands in for a device nobody published: the mean of its class in the Boavizta data set, BoaviztAPI's typical
-- device of the class for what that lacks; and BoaviztAPI's accelerators by name.
with means as (
    select
        classes.device_class,
        min(footprints.document_sha256) as document_sha256,
        fsum(footprints.embodied_kg_co2e) / count(*) as gwp,
        avg(footprints.weight_kg) as weight_kg
    from {{ ref('device_classes') }} as classes
    inner join {{ ref('stg_boavizta__footprints') }} as footprints
        on list_contains(string_split(classes.boavizta_subcategories, ';'), footprints.subcategory)
    group by classes.device_class
),

candidates as (
    select
        device_class,
        cast(null as varchar) as gpu_model,
        'lca:class:' || device_class as lca_factor_id,
        document_sha256,
        'gwp' as indicator,
        'kg CO2e' as unit,
        'embodied' as lca_stage,
        gwp as amount_per_piece
    from means
    union all by name
    select
        device_class,
        'lca:class:' || device_class as lca_factor_id,
        document_sha256,
        'ewaste_kg' as indicator,
        'kg' as unit,
        'end_of_life' as lca_stage,
        weight_kg as amount_per_piece
    from means
    where weight_kg > 0
    union all by name
    select
        device_class,
        gpu_model,
        'lca:boaviztapi:' || device as lca_factor_id,
        document_sha256,
        indicator,
        unit,
        'embodied' as lca_stage,
        amount_per_piece
    from {{ ref('stg_boaviztapi__impacts') }}
    where device_class is not null or gpu_model is not null
)

select *
from candidates
qualify row_number() over (
    partition by device_class, gpu_model, indicator order by starts_with(lca_factor_id, 'lca:class:') desc, lca_factor_id
) = 1
