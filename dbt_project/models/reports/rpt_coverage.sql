with estimated as (
    select
        period_month,
        site_id,
        fsum(amount) as amount
    from {{ ref('fct_emissions') }}
    where
        is_reported
        and estimate_id = 'telemetry'
        and indicator = 'gwp'
        and accounting_basis in ('location', 'both')
    group by period_month, site_id
)

select
    status.source_id,
    status.request,
    status.period_month,
    status.status,
    status.reason,
    cast(status.documents as bigint) as documents,
    cast(status.rows_accepted as bigint) as rows_accepted,
    cast(status.rows_rejected as bigint) as rows_rejected,
    coalesce(estimated.amount, 0) as estimated_amount
from {{ ref('int_month_status') }} as status
left join estimated
    on status.request = estimated.site_id
    and status.period_month = estimated.period_month
