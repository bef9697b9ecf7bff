-- What of an entity's emissions is ours, by month: all of it under control, its share and its parents' shares under
-- equity share, nothing before it joined or after it left.
with recursive own as (
    select
        entities.entity_id,
        entities.parent_entity_id,
        months.period_month,
        case when entities.consolidation_approach = 'equity_share' then entities.consolidation_share else 1 end
        * case
            when months.period_month < date_trunc('month', coalesce(entities.valid_from, date '1900-01-01')) then 0
            when months.period_month > coalesce(entities.valid_to, date '9999-12-31') then 0
            else 1
        end as share
    from {{ ref('stg_config__entities') }} as entities
    cross join {{ ref('int_months') }} as months
),

chained as (
    select entity_id, parent_entity_id, period_month, share from own
    union all
    select
        chained.entity_id,
        own.parent_entity_id,
        chained.period_month,
        chained.share * own.share as share
    from chained
    inner join own
        on chained.parent_entity_id = own.entity_id
        and chained.period_month = own.period_month
)

select
    entity_id,
    period_month,
    share as consolidated_share
from chained
where parent_entity_id is null
