-- Water withdrawn by sites, in litres: a purchased good (3.1), whether a bill or an estimate tells of it. Of billed cubic
-- metres also the carbon: supply in 3.1, and in 3.5 the treatment of what the bill says went to the sewer. What an
-- estimate by kWh of IT counts evaporates, and nobody billed it.
with withdrawn as (
    select
        *,
        'water_withdrawal' as indicator,
        '3.1' as ghg_category,
        concat_ws('|', 'water', site_id, estimate_id) as activity_id,
        'unknown' as gwp_set,
        'L/' || unit as factor_unit
    from {{ ref('int_site_water') }}
),

carbon as (
    select
        water.* replace (
            case factors.service when 'water_supply' then water.quantity else water.discharge_m3 end as quantity,
            factors.factor_id as factor_id,
            factors.value as factor_value,
            factors.uncertainty_profile as uncertainty_profile
        ),
        'gwp' as indicator,
        case factors.service when 'water_supply' then '3.1' else '3.5' end as ghg_category,
        concat_ws(
            '|', 'water', water.site_id, water.estimate_id, case factors.service when 'water_treatment' then 'discharge' end
        ) as activity_id,
        factors.gwp_set,
        factors.unit as factor_unit,
        sites.country as region,
        cast(year(factors.valid_from) as varchar) as factor_vintage
    from {{ ref('int_site_water') }} as water
    inner join {{ ref('stg_config__sites') }} as sites
        on water.site_id = sites.site_id
    inner join {{ ref('int_water_factor_choice') }} as factors
        on sites.country = factors.country
        and water.period_month = factors.period_month
    where water.unit = 'm3'
),

posted as (
    select * from withdrawn
    union all by name
    select * from carbon
    where quantity != 0
)

select
    'water|' || site_id as claim_id,
    estimate_id,
    activity_id,
    period_month,
    'heat_cooling' as part,
    ['heat_cooling'] as covers,
    indicator,
    'both' as accounting_basis,
    'flow' as recognition,
    'unsplit' as gas,
    'use' as lca_stage,
    source_id,
    delivery_id,
    document_sha256,
    document_row,
    retrieved_at,
    'water_use' as activity_type,
    quantity,
    unit,
    site_id,
    resource_id,
    region,
    provider,
    3 as scope,
    ghg_category,
    'computed' as basis_origin,
    gwp_set,
    quantity * factor_value as amount,
    factor_id,
    factor_value,
    factor_unit,
    factor_vintage,
    uncertainty_profile
from posted
