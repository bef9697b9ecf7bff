-- Scope 3 of months whose model stated none, at the level that the provider's newer model states: harmonised footprint
-- times the ratio of the first twelve months in which the claim has both. Without it a trend over the change of model
-- would jump, and a fall before it would look like progress.
with scope3 as (
    select
        rows.claim_id,
        rows.period_month,
        basis.basis as accounting_basis,
        list_distinct(flatten(list(rows.covers))) as covers,
        fsum(rows.amount) as stated
    from {{ ref('int_emissions_statements') }} as rows
    cross join unnest({{ bases_of('rows.accounting_basis') }}) as basis(basis)
    where rows.provider_scope = '3' and rows.indicator = 'gwp'
    group by rows.claim_id, rows.period_month, basis.basis
),

harmonised as (
    select
        rows.claim_id,
        rows.period_month,
        basis.basis as accounting_basis,
        max(rows.source_id) as source_id,
        max(rows.delivery_id) as delivery_id,
        max(rows.retrieved_at) as retrieved_at,
        fsum(rows.quantity * rows.factor_value) as amount
    from {{ ref('int_cloud_footprints') }} as rows
    cross join unnest({{ bases_of('rows.accounting_basis') }}) as basis(basis)
    group by rows.claim_id, rows.period_month, basis.basis
    having fsum(rows.quantity * rows.factor_value) > 0
),

lacking as (
    select claims.*, harmonised.* exclude (claim_id, period_month)
    from {{ ref('int_cloud_claims') }} as claims
    inner join harmonised
        on claims.claim_id = harmonised.claim_id
        and claims.period_month = harmonised.period_month
    where
        claims.treatment = 'stated'
        and not exists (
            select 1 from scope3
            where scope3.claim_id = claims.claim_id and scope3.period_month = claims.period_month
        )
),

later as (
    select
        lacking.claim_id,
        lacking.period_month,
        lacking.accounting_basis,
        scope3.period_month as later_month,
        scope3.covers,
        scope3.stated,
        harmonised.amount
    from lacking
    inner join scope3
        on lacking.claim_id = scope3.claim_id
        and lacking.accounting_basis = scope3.accounting_basis
        and lacking.period_month < scope3.period_month
    inner join harmonised
        on scope3.claim_id = harmonised.claim_id
        and scope3.period_month = harmonised.period_month
        and scope3.accounting_basis = harmonised.accounting_basis
    qualify row_number() over (
        partition by lacking.claim_id, lacking.period_month, lacking.accounting_basis order by scope3.period_month
    ) <= 12
)

select
    lacking.claim_id,
    lacking.period_month,
    lacking.accounting_basis,
    any_value(lacking.provider) as provider,
    any_value(lacking.account) as account,
    any_value(lacking.region) as region,
    any_value(lacking.service) as service,
    any_value(lacking.source_id) as source_id,
    any_value(lacking.delivery_id) as delivery_id,
    any_value(lacking.retrieved_at) as retrieved_at,
    any_value(lacking.amount) as quantity,
    list_sort(list_distinct(flatten(list(later.covers)))) as covers,
    fsum(later.stated) / fsum(later.amount) as ratio,
    count(*) as months,
    min(later.later_month) as first_month,
    max(later.later_month) as last_month
from lacking
inner join later
    on lacking.claim_id = later.claim_id
    and lacking.period_month = later.period_month
    and lacking.accounting_basis = later.accounting_basis
group by lacking.claim_id, lacking.period_month, lacking.accounting_basis
