-- The factor of a grid zone, month, part, basis and indicator, chosen by a stated rule; the losers stay beside it.
-- Rule: publishers that split generation from upstream and losses first, then the publisher's rank; of one publisher
-- the newest factor that is not younger than the month. A lifecycle factor serves only where no split exists.
with zones as (
    select distinct grid_zone from {{ ref('stg_config__sites') }} where grid_zone is not null
    union
    select distinct grid_zone from {{ ref('int_cloud_charges') }} where grid_zone is not null
),

candidates as (
    select
        zones.grid_zone,
        months.period_month,
        factors.*,
        case factors.factor_boundary
            when 'direct' then 'electricity'
            when 'lifecycle' then 'electricity'
            when 'upstream' then 'energy_upstream'
            when 'grid_losses' then 'grid_losses'
        end as part,
        publishers.rank as publisher_rank,
        factors.factor_boundary != 'lifecycle' as is_split
    from zones
    cross join {{ ref('int_months') }} as months
    inner join {{ ref('int_factors') }} as factors
        on zones.grid_zone = factors.geography
    inner join {{ ref('factor_publishers') }} as publishers
        on factors.publisher = publishers.publisher
    where not factors.is_component
),

-- One publisher per zone, basis and indicator, so that a series has no break of source inside it.
ranked_publishers as (
    select
        grid_zone,
        accounting_basis,
        indicator,
        publisher,
        row_number() over (
            partition by grid_zone, accounting_basis, indicator
            order by bool_or(is_split) desc, min(publisher_rank)
        ) as publisher_order
    from candidates
    group by grid_zone, accounting_basis, indicator, publisher
),

ordered as (
    select
        candidates.*,
        ranked_publishers.publisher_order,
        row_number() over (
            partition by
                candidates.grid_zone, candidates.period_month, candidates.part, candidates.accounting_basis,
                candidates.indicator
            order by
                ranked_publishers.publisher_order,
                candidates.valid_from > candidates.period_month,
                case
                    when candidates.valid_from > candidates.period_month
                        then date_diff('day', candidates.period_month, candidates.valid_from)
                    else date_diff('day', candidates.valid_from, candidates.period_month)
                end
        ) as choice_order
    from candidates
    inner join ranked_publishers
        on candidates.grid_zone = ranked_publishers.grid_zone
        and candidates.accounting_basis = ranked_publishers.accounting_basis
        and candidates.indicator = ranked_publishers.indicator
        and candidates.publisher = ranked_publishers.publisher
)

select
    * exclude (choice_order, publisher_order),
    choice_order = 1 and publisher_order = 1 as is_chosen,
    valid_to is not null and valid_to < period_month as is_stale
from ordered
