-- Chosen factors by the basis they are posted on: electricity per basis, upstream and losses for both. Without a
-- market factor the location factor stands in, marked as substituted.
with location_factors as (
    select *, accounting_basis as posted_basis, 'computed' as basis_origin
    from {{ ref('int_factor_choice') }}
    where is_chosen and accounting_basis = 'location'
),

market_factors as (
    select *, accounting_basis as posted_basis, 'computed' as basis_origin
    from {{ ref('int_factor_choice') }}
    where is_chosen and accounting_basis = 'market' and part = 'electricity'
    union all by name
    select location.*, 'market' as posted_basis, 'substituted' as basis_origin
    from {{ ref('int_factor_choice') }} as location
    where
        location.is_chosen
        and location.accounting_basis = 'location'
        and location.part = 'electricity'
        and not exists (
            select 1 from {{ ref('int_factor_choice') }} as market
            where
                market.is_chosen
                and market.accounting_basis = 'market'
                and market.part = 'electricity'
                and market.grid_zone = location.grid_zone
                and market.period_month = location.period_month
                and market.indicator = location.indicator
        )
)

select * replace (case when part = 'electricity' then 'location' else 'both' end as posted_basis)
from location_factors
union all by name
select * from market_factors
