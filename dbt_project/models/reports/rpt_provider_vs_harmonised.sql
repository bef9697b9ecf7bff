-- Provider's and harmonised figures of the same claim side by side, never added; only where all billed usage of the
-- claim has known hardware. The harmonised one is the same method for every provider.
with comparable as (
    select claim_id, period_month, provider, region, service
    from {{ ref('int_cloud_claims') }}
    where treatment = 'stated' and has_hardware
),

stated as (
    select
        rows.claim_id,
        rows.period_month,
        basis.basis,
        fsum(rows.amount) as amount
    from {{ ref('int_emissions_statements') }} as rows
    cross join unnest({{ bases_of('rows.accounting_basis') }}) as basis(basis)
    where rows.basis_origin = 'stated' and rows.indicator = 'gwp'
    group by rows.claim_id, rows.period_month, basis.basis
    -- A basis of which the provider states only what does not depend on it is not compared.
    having bool_or(list_contains(rows.covers, 'electricity'))
),

harmonised as (
    select
        rows.claim_id,
        rows.period_month,
        basis.basis,
        fsum(rows.quantity * rows.factor_value) as amount
    from {{ ref('int_cloud_footprints') }} as rows
    cross join unnest({{ bases_of('rows.accounting_basis') }}) as basis(basis)
    group by rows.claim_id, rows.period_month, basis.basis
)

select
    comparable.period_month,
    comparable.provider,
    comparable.service,
    comparable.region,
    stated.basis as accounting_basis,
    cast(fsum(stated.amount) as double) as provider_amount,
    cast(fsum(harmonised.amount) as double) as harmonised_amount,
    fsum(stated.amount) / nullif(fsum(harmonised.amount), 0) as ratio
from comparable
inner join stated
    on comparable.claim_id = stated.claim_id
    and comparable.period_month = stated.period_month
inner join harmonised
    on comparable.claim_id = harmonised.claim_id
    and comparable.period_month = harmonised.period_month
    and stated.basis = harmonised.basis
group by comparable.period_month, comparable.provider, comparable.service, comparable.region, stated.basis
