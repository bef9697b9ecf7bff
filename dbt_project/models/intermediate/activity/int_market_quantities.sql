-- Electricity of sites in the market basis: instruments first, then the supplier's own rate, the residual mix, else the
-- location factor, marked as substituted. Where a zone's factor has no split, the upstream cannot be kept beside an
-- instrument: those kWh keep the location factor until a split one is entered.
with uses as (
    select
        uses.*,
        located.factor_id as location_factor_id,
        located.value as location_value,
        located.unit as location_unit,
        located.gwp_set as location_gwp_set,
        located.factor_boundary as location_boundary,
        located.valid_from as location_valid_from,
        located.factor_boundary = 'lifecycle' as is_unsplit
    from {{ ref('int_electricity_use') }} as uses
    inner join {{ ref('int_posted_factors') }} as located
        on uses.grid_zone = located.grid_zone
        and uses.period_month = located.period_month
        and located.posted_basis = 'location'
        and located.part = 'electricity'
        and located.indicator = 'gwp'
),

covered as (
    select
        uses.* replace (cover.covered_kwh as quantity),
        cover.instrument_id,
        case when uses.is_unsplit then uses.location_factor_id else 'instrument.' || cover.instrument_id end as factor_id,
        case when uses.is_unsplit then uses.location_value else instruments.value end as factor_value,
        case when uses.is_unsplit then 'substituted' else 'computed' end as basis_origin,
        case when uses.is_unsplit then uses.location_boundary else 'direct' end as factor_boundary,
        uses.location_unit as factor_unit,
        uses.location_gwp_set as gwp_set,
        cast(instruments.vintage_year as varchar) as factor_vintage
    from uses
    inner join {{ ref('int_instrument_cover') }} as cover
        on uses.activity_id = cover.activity_id
        and uses.estimate_id = cover.estimate_id
        and uses.period_month = cover.period_month
    inner join {{ ref('int_instruments') }} as instruments
        on cover.instrument_id = instruments.instrument_id
),

covered_totals as (
    select activity_id, estimate_id, period_month, fsum(quantity) as kwh
    from covered
    group by activity_id, estimate_id, period_month
),

rates as (
    select uses.activity_id, uses.estimate_id, uses.period_month, factors.*
    from uses
    inner join {{ ref('int_factors') }} as factors
        on uses.provider = factors.geography
        and factors.accounting_basis = 'market'
        and factors.factor_boundary = 'direct'
        and factors.indicator = 'gwp'
        and uses.period_month between date_trunc('month', factors.valid_from)
        and coalesce(factors.valid_to, date '9999-12-31')
    qualify row_number() over (
        partition by uses.activity_id, uses.estimate_id, uses.period_month order by factors.valid_from desc
    ) = 1
),

uncovered as (
    select
        uses.* replace (uses.quantity - coalesce(covered_totals.kwh, 0) as quantity),
        cast(null as varchar) as instrument_id,
        coalesce(rates.factor_id, factors.factor_id) as factor_id,
        coalesce(rates.value, factors.value) as factor_value,
        case when rates.factor_id is null then factors.basis_origin else 'computed' end as basis_origin,
        coalesce(rates.factor_boundary, factors.factor_boundary) as factor_boundary,
        coalesce(rates.unit, factors.unit) as factor_unit,
        coalesce(rates.gwp_set, factors.gwp_set) as gwp_set,
        cast(year(coalesce(rates.valid_from, factors.valid_from)) as varchar) as factor_vintage
    from uses
    inner join {{ ref('int_posted_factors') }} as factors
        on uses.grid_zone = factors.grid_zone
        and uses.period_month = factors.period_month
        and factors.posted_basis = 'market'
        and factors.indicator = 'gwp'
    left join covered_totals
        on uses.activity_id = covered_totals.activity_id
        and uses.estimate_id = covered_totals.estimate_id
        and uses.period_month = covered_totals.period_month
    left join rates
        on uses.activity_id = rates.activity_id
        and uses.estimate_id = rates.estimate_id
        and uses.period_month = rates.period_month
    where covered_totals.kwh is null or uses.quantity - covered_totals.kwh > uses.quantity * 1e-12
)

select * from covered
union all by name
select * from uncovered
