-- Step 3, which: the region of every site. A site that no region names is a region of its own.
select
    sites.site_id,
    coalesce(regions.region_id, sites.site_id) as region_id
from {{ ref('stg_config__sites') }} as sites
left join {{ ref('stg_config__regions') }} as regions
    on sites.site_id = regions.site_id
