-- The footprint chosen for each register line, in order: the supplier's own figure, the device's row in the Boavizta
-- data set, the mean of its class. Kilograms per piece, over the whole life without use.
with assets as (
    select * from {{ ref('int_assets') }}
),

products as (
    select
        lower(manufacturer) as manufacturer_key,
        lower(model) as model_key,
        min(document_sha256) as lca_document_sha256,
        min(document_row) as lca_document_row,
        bool_and(has_stages) as has_stages,
        avg(manufacturing_kg_co2e) as manufacturing_kg_co2e,
        avg(transport_kg_co2e) as transport_kg_co2e,
        avg(end_of_life_kg_co2e) as end_of_life_kg_co2e,
        avg(embodied_kg_co2e) as embodied_kg_co2e
    from {{ ref('stg_boavizta__footprints') }}
    group by manufacturer_key, model_key
),

class_means as (
    select
        classes.device_class,
        min(footprints.document_sha256) as lca_document_sha256,
        fsum(footprints.embodied_kg_co2e) / count(*) as embodied_kg_co2e
    from {{ ref('device_classes') }} as classes
    inner join {{ ref('stg_boavizta__footprints') }} as footprints
        on list_contains(string_split(classes.boavizta_subcategories, ';'), footprints.subcategory)
    group by classes.device_class
)

select
    assets.*,
    case
        when assets.embodied_kg_co2e is not null then 'supplier'
        when products.model_key is not null then 'product'
        when class_means.device_class is not null then 'class_average'
    end as lca_source,
    case
        when assets.embodied_kg_co2e is not null then 'lca:supplier:' || assets.asset_id
        when products.model_key is not null then 'lca:boavizta:' || products.manufacturer_key || ':' || products.model_key
        when class_means.device_class is not null then 'lca:class:' || assets.device_class
    end as lca_factor_id,
    coalesce(assets.embodied_kg_co2e is null and products.has_stages, false) as has_stages,
    case
        when assets.embodied_kg_co2e is not null then assets.embodied_kg_co2e
        when products.model_key is null then class_means.embodied_kg_co2e
        when not products.has_stages then products.embodied_kg_co2e
    end as whole_kg_co2e,
    products.manufacturing_kg_co2e,
    products.transport_kg_co2e,
    products.end_of_life_kg_co2e
from assets
left join products
    on lower(assets.manufacturer) = products.manufacturer_key
    and lower(assets.model) = products.model_key
left join class_means
    on assets.device_class = class_means.device_class
