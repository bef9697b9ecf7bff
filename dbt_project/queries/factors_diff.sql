-- What changed between the factors of two published files (attached as `earlier` and `later`), and what each change
-- moves in the later ledger: amount × (1 − earlier value ÷ later value), per scope, on the rows that rest on it. Means
-- and ratios that a build computes from documents are no factors of anybody's and stay out.
with earlier_factors as (
    select * from earlier.dim_factor where publisher != 'Footing'
),

later_factors as (
    select * from later.dim_factor where publisher != 'Footing'
),

earlier_steps as (
    select emissions.emission_id, emissions.scope, emissions.accounting_basis, emissions.amount, chains.*
    from earlier.fct_emissions as emissions
    inner join earlier.bridge_emission_factors as chains
        on emissions.factor_chain_id = chains.factor_chain_id
    where emissions.is_reported
),

later_steps as (
    select emissions.emission_id, emissions.scope, emissions.accounting_basis, emissions.amount, chains.*
    from later.fct_emissions as emissions
    inner join later.bridge_emission_factors as chains
        on emissions.factor_chain_id = chains.factor_chain_id
    where emissions.is_reported
),

changes as (
    select
        case
            when old.factor_id is null then 'added'
            when new.factor_id is null then 'removed'
            when old.value != new.value or old.unit != new.unit then 'changed'
            else 'described anew'
        end as change,
        coalesce(new.factor_id, old.factor_id) as factor_id,
        cast(null as varchar) as earlier_factor_id,
        old.value as earlier_value,
        new.value as later_value
    from earlier_factors as old
    full join later_factors as new
        on old.factor_id = new.factor_id
    where
        old.factor_id is null
        or new.factor_id is null
        or old.value != new.value
        or old.unit != new.unit
        or old.source is distinct from new.source
        or old.licence is distinct from new.licence
        or old.valid_from is distinct from new.valid_from
        or old.valid_to is distinct from new.valid_to
),

-- The rows that rest on it: in the later ledger, or in the earlier one where it is gone.
resting as (
    select changes.*, steps.scope, steps.accounting_basis, steps.amount
    from changes
    left join later_steps as steps
        on changes.factor_id = steps.factor_id
    where changes.change != 'removed'
    union all by name
    select changes.*, steps.scope, steps.accounting_basis, steps.amount
    from changes
    left join earlier_steps as steps
        on changes.factor_id = steps.factor_id
    where changes.change = 'removed'
    union all by name
    select
        'chosen instead' as change,
        new.factor_id,
        old.factor_id as earlier_factor_id,
        old.value as earlier_value,
        new.value as later_value,
        new.scope,
        new.accounting_basis,
        new.amount
    from later_steps as new
    inner join earlier_steps as old
        on new.emission_id = old.emission_id
        and new.step = old.step
        and new.factor_id != old.factor_id
    where new.factor_id in (select later_factors.factor_id from later_factors)
),

moved as (
    select
        *,
        case
            when change in ('changed', 'chosen instead') then amount * (1 - earlier_value / nullif(later_value, 0))
        end as moved
    from resting
)

select
    resting.change,
    resting.factor_id,
    resting.earlier_factor_id,
    coalesce(new.name, old.name) as name,
    resting.earlier_value,
    resting.later_value,
    coalesce(new.unit, old.unit) as unit,
    coalesce(new.source, old.source) as source,
    resting.scope,
    count(resting.amount) as rows,
    coalesce(fsum(resting.amount) filter (where resting.accounting_basis in ('location', 'both')), 0) as location_kg,
    coalesce(fsum(resting.amount) filter (where resting.accounting_basis in ('market', 'both')), 0) as market_kg,
    coalesce(fsum(resting.moved) filter (where resting.accounting_basis in ('location', 'both')), 0) as location_moved_kg,
    coalesce(fsum(resting.moved) filter (where resting.accounting_basis in ('market', 'both')), 0) as market_moved_kg
from moved as resting
left join later_factors as new
    on resting.factor_id = new.factor_id
left join earlier_factors as old
    on resting.factor_id = old.factor_id
group by all
order by
    abs(location_moved_kg) + abs(market_moved_kg) desc, abs(location_kg) desc, resting.change asc, resting.factor_id asc,
    resting.scope asc
