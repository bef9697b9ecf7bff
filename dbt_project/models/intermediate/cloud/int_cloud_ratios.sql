-- How a claim's reported figure stood to its harmonised one over the twelve months before, per basis: the ratio that a
-- missing statement is bridged with. Months count where both exist.
with reported as (
    select claim_id, period_month, accounting_basis, amount
    from {{ ref('int_emissions_statements') }}
    where indicator = 'gwp'
    union all by name
    select claim_id, period_month, accounting_basis, quantity * factor_value as amount
    from {{ ref('int_cloud_fills') }}
    where treatment = 'stated' and is_fill
),

figures as (
    select claim_id, period_month, accounting_basis, amount as reported, 0.0 as harmonised
    from reported
    union all by name
    select claim_id, period_month, accounting_basis, 0.0 as reported, quantity * factor_value as harmonised
    from {{ ref('int_cloud_footprints') }}
),

months as (
    select
        figures.claim_id,
        figures.period_month,
        basis.basis as accounting_basis,
        fsum(figures.reported) as reported,
        fsum(figures.harmonised) as harmonised
    from figures
    inner join {{ ref('int_cloud_claims') }} as claims
        on figures.claim_id = claims.claim_id
        and figures.period_month = claims.period_month
        and claims.treatment = 'stated'
    cross join unnest({{ bases_of('figures.accounting_basis') }}) as basis(basis)
    group by figures.claim_id, figures.period_month, basis.basis
    having fsum(figures.harmonised) > 0
)

select
    claims.claim_id,
    claims.period_month,
    months.accounting_basis,
    fsum(months.reported) / fsum(months.harmonised) as ratio,
    count(*) as months,
    min(months.period_month) as first_month,
    max(months.period_month) as last_month
from {{ ref('int_cloud_claims') }} as claims
inner join months
    on claims.claim_id = months.claim_id
    and months.period_month < claims.period_month
    and months.period_month >= claims.period_month - interval '12' month
where claims.treatment = 'preliminary'
group by claims.claim_id, claims.period_month, months.accounting_basis
