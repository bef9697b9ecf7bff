-- What became of discarded devices: a real treatment record against what step 1 expected of their end of life. Only the
-- difference is posted. Where the footprint does not tell its end of life apart, what was expected is unknown.
with expected as (
    select
        asset_id,
        sum(amount_per_piece) filter (where lca_stage = 'end_of_life' and indicator = 'gwp') as kg_per_piece
    from {{ ref('int_asset_stages') }}
    group by asset_id
),

places as (
    select asset_id, arg_max(site_id, stay_from) as site_id
    from {{ ref('int_asset_stays') }}
    group by asset_id
)

select
    assets.source_id,
    assets.delivery_id,
    assets.retrieved_at,
    treatments.asset_id,
    treatments.treated_on,
    cast(date_trunc('month', treatments.treated_on) as date) as period_month,
    treatments.source,
    places.site_id,
    assets.device_class,
    assets.ownership,
    assets.order_id,
    assets.order_line,
    assets.in_service_date,
    treatments.pieces,
    treatments.kg_co2e,
    treatments.pieces * expected.kg_per_piece as expected_kg_co2e,
    treatments.kg_co2e - treatments.pieces * expected.kg_per_piece as difference_kg_co2e,
    -- A record of more than there ever were is wrong alone, and takes nothing from the others.
    sum(case when treatments.pieces <= assets.quantity then treatments.pieces end) over (
        partition by treatments.asset_id
        order by treatments.treated_on
        rows between unbounded preceding and current row
    ) as pieces_so_far,
    case
        when assets.asset_id is null then 'unknown_asset'
        when treatments.pieces > assets.quantity or pieces_so_far > assets.quantity then 'more_than_owned'
        when expected.kg_per_piece is null then 'no_expectation'
        when period_month not in (select months.period_month from {{ ref('int_months') }} as months) then 'other_period'
    end as excluded_code
from {{ ref('stg_config__asset_treatments') }} as treatments
left join {{ ref('int_asset_footprints') }} as assets
    on treatments.asset_id = assets.asset_id
left join expected
    on treatments.asset_id = expected.asset_id
left join places
    on treatments.asset_id = places.asset_id
