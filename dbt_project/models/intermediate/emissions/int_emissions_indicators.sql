-- What the kWh of sites mean beside carbon. Only the estimate that ranks best posts them; an impact does not depend on
-- the accounting basis, so the activity's quantity is taken once.
with kwh as (
    select rows.*
    from {{ ref('int_emissions_electricity') }} as rows
    inner join {{ ref('estimate_ranks') }} as ranks
        on string_split(rows.estimate_id, '.')[-1] = ranks.estimate_kind
    where rows.part = 'electricity' and rows.accounting_basis in ('location', 'both')
    qualify rank() over (partition by rows.claim_id, rows.period_month order by ranks.rank, estimate_id) = 1
)

select
    kwh.* replace (
        'both' as accounting_basis,
        ['electricity', 'energy_upstream', 'grid_losses'] as covers,
        'computed' as basis_origin,
        'unknown' as gwp_set,
        factors.indicator as indicator,
        kwh.quantity * factors.value as amount,
        factors.factor_id as factor_id,
        factors.value as factor_value,
        factors.unit as factor_unit,
        cast(year(factors.valid_from) as varchar) as factor_vintage,
        split_part(kwh.uncertainty_profile, '.', 1) || '.' || factors.spread || ':' || factors.geography
        as uncertainty_profile
    )
from kwh
inner join {{ ref('int_indicator_choice') }} as factors
    on kwh.region = factors.grid_zone
    and kwh.period_month = factors.period_month
