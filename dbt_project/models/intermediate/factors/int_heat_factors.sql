-- Factors of purchased heat, steam and cooling by kind, supplier or country, and month: the network's own before the
-- country's, the newest that is not younger than the month before any other.
with wanted as (
    select distinct months.kind, months.supplier, sites.country, months.period_month
    from {{ ref('int_heat_months') }} as months
    inner join {{ ref('stg_config__sites') }} as sites
        on months.site_id = sites.site_id
    where months.excluded_code is null
),

candidates as (
    select
        wanted.*,
        factors.* exclude (accounting_basis),
        factors.geography = wanted.kind || ':' || wanted.supplier as is_own,
        factors.valid_from > wanted.period_month as is_younger
    from wanted
    inner join {{ ref('int_factors') }} as factors
        on factors.geography in (wanted.kind || ':' || wanted.supplier, wanted.kind || ':' || wanted.country)
    where factors.indicator = 'gwp'
)

select
    *,
    case factor_boundary when 'direct' then 'heat_cooling' when 'lifecycle' then 'heat_cooling'
        when 'upstream' then 'energy_upstream' else 'grid_losses' end as part
from candidates
qualify
    rank() over (partition by kind, supplier, country, period_month order by is_own desc) = 1
    and row_number() over (
        partition by kind, supplier, country, period_month, factor_boundary, is_own
        order by is_younger, abs(date_diff('day', period_month, valid_from))
    ) = 1
