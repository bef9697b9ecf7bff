-- A lifecycle factor already holds the upstream: the same activity may not post 3.3 beside it.
select lifecycle.emission_id
from {{ ref('fct_emissions') }} as lifecycle
inner join {{ ref('dim_factor') }} as factors
    on lifecycle.factor_id = factors.factor_id
    and factors.factor_boundary = 'lifecycle'
inner join {{ ref('fct_emissions') }} as upstream
    on lifecycle.activity_id = upstream.activity_id
    and lifecycle.estimate_id = upstream.estimate_id
    and lifecycle.period_month = upstream.period_month
    and lifecycle.indicator = upstream.indicator
    and upstream.ghg_category = '3.3'
where lifecycle.activity_type = 'electricity_use'
