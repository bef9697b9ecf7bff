-- What cloud claims would give each project under the second-best key that their bills have, beside the key in force.
-- Claims with a single key are left out of both columns.
with candidates as (
    select
        claim_id,
        period_month,
        thing_id,
        key_order,
        allocation_key,
        key_quantity / fsum(key_quantity) over (partition by claim_id, period_month, key_order) as share
    from {{ ref('int_cloud_key_candidates') }}
    where key_order <= 2
),

rivalled as (
    select
        claim_id,
        period_month,
        min(allocation_key) filter (where key_order = 1) as allocation_key,
        min(allocation_key) filter (where key_order = 2) as second_key
    from candidates
    group by claim_id, period_month
    having max(key_order) = 2
),

amounts as (
    select
        rows.claim_id,
        rows.period_month,
        min(rows.provider) as provider,
        basis.basis,
        fsum(rows.amount) as amount
    from {{ ref('fct_emissions') }} as rows
    cross join unnest({{ bases_of('rows.accounting_basis') }}) as basis(basis)
    where rows.is_reported and rows.indicator = 'gwp'
    group by rows.claim_id, rows.period_month, basis.basis
)

select
    amounts.period_month,
    amounts.provider,
    amounts.basis as accounting_basis,
    things.boundary,
    things.project_id,
    rivalled.allocation_key,
    rivalled.second_key,
    cast(fsum(case candidates.key_order when 1 then amounts.amount * candidates.share else 0 end) as double) as amount,
    cast(fsum(case candidates.key_order when 2 then amounts.amount * candidates.share else 0 end) as double)
    as amount_second_key
from rivalled
inner join amounts
    on rivalled.claim_id = amounts.claim_id
    and rivalled.period_month = amounts.period_month
inner join candidates
    on rivalled.claim_id = candidates.claim_id
    and rivalled.period_month = candidates.period_month
inner join {{ ref('int_thing_months') }} as things
    on candidates.thing_id = things.thing_id
    and candidates.period_month = things.period_month
group by
    amounts.period_month, amounts.provider, amounts.basis, things.boundary, things.project_id,
    rivalled.allocation_key, rivalled.second_key
