-- How every due delivery stands, what was estimated because something lacks, and what a restatement changed.
with estimated_sites as (
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
),

-- Usage that its provider's statement leaves out, or that stands in for a missing one, at the bill it was read from.
estimated_usage as (
    select
        emissions.period_month,
        deliveries.source_id,
        deliveries.request,
        fsum(emissions.amount) as amount
    from {{ ref('fct_emissions') }} as emissions
    inner join (select distinct delivery_id, source_id, request from {{ ref('stg_documents') }}) as deliveries
        on emissions.delivery_id = deliveries.delivery_id
    where
        emissions.is_reported
        and emissions.gap_fill
        and emissions.indicator = 'gwp'
        and emissions.accounting_basis in ('location', 'both')
    group by emissions.period_month, deliveries.source_id, deliveries.request
),

restated as (
    select
        source_id,
        request,
        period_month,
        string_agg(distinct cause, ', ' order by cause) as causes,
        coalesce(fsum(difference) filter (where accounting_basis in ('location', 'both')), 0) as located,
        coalesce(fsum(difference) filter (where accounting_basis in ('market', 'both')), 0) as marketed
    from {{ ref('int_restatements') }}
    group by source_id, request, period_month
)

select
    status.source_id,
    status.request,
    status.period_month,
    status.status,
    status.reason || case
        when restated.source_id is null then ''
        else ': ' || printf('%+.1f', restated.located) || ' kg location, ' || printf('%+.1f', restated.marketed)
            || ' kg market (' || restated.causes || ')'
    end as reason,
    cast(status.documents as bigint) as documents,
    cast(status.rows_accepted as bigint) as rows_accepted,
    cast(status.rows_rejected as bigint) as rows_rejected,
    coalesce(estimated_sites.amount, estimated_usage.amount, 0) as estimated_amount
from {{ ref('int_month_status') }} as status
left join estimated_sites
    on status.request = estimated_sites.site_id
    and status.period_month = estimated_sites.period_month
left join estimated_usage
    on status.source_id = estimated_usage.source_id
    and status.request = estimated_usage.request
    and status.period_month = estimated_usage.period_month
left join restated
    on status.source_id = restated.source_id
    and status.request = restated.request
    and status.period_month = restated.period_month
