-- Due deliveries of every source, request and month, and how they stand. A month is final when all are in.
with due as (
    select
        sources.source_id,
        sources.connector,
        sources.kind,
        requests.request,
        months.period_month
    from {{ ref('stg_config__sources') }} as sources
    inner join {{ ref('stg_config__requests') }} as requests
        on sources.source_id = requests.source_id
    cross join {{ ref('int_months') }} as months
    where
        months.period_month >= sources.first_period
        and (sources.cadence = 'monthly' or months.period_month = sources.first_period)
),

delivered as (
    select
        source_id,
        request,
        period_month,
        bool_or(is_current) as is_delivered,
        bool_or(not is_usable) as has_unusable,
        count(*) filter (where is_current) as documents,
        coalesce(sum(rows_accepted) filter (where is_current), 0) as rows_accepted,
        coalesce(sum(rows_rejected) filter (where is_current), 0) as rows_rejected,
        count(distinct delivery_id) filter (where delivery_status = 'superseded') as superseded_deliveries,
        min(parse_error) filter (where not is_usable) as parse_error
    from {{ ref('stg_documents') }}
    group by source_id, request, period_month
),

denied as (
    select
        source_id,
        request,
        period_month,
        string_agg(sub_account || ': ' || reason, '; ' order by sub_account) as reasons
    from {{ ref('stg_azure_carbon__denials') }}
    where is_current_delivery
    group by source_id, request, period_month
),

billed_days as (
    select
        site_id as request,
        source_id,
        period_month,
        sum(days) as days
    from {{ ref('int_meter_months') }}
    where excluded_code is null
    group by site_id, source_id, meter_id, period_month
)

select
    due.source_id,
    due.request,
    due.period_month,
    due.kind,
    case
        when delivered.source_id is null then 'missing'
        when not delivered.is_delivered and delivered.has_unusable then 'unusable'
        when delivered.rows_accepted = 0 then 'gap'
        when due.kind = 'meter' and coalesce(billed_days.days, 0) < day(last_day(due.period_month)) then 'incomplete'
        when denied.reasons is not null then 'incomplete'
        when delivered.superseded_deliveries > 0 then 'restated'
        else 'complete'
    end as status,
    case
        when delivered.source_id is null then 'no delivery for this month'
        when not delivered.is_delivered and delivered.has_unusable
            then coalesce(delivered.parse_error, 'a delivery without all its parts')
        when delivered.rows_accepted = 0 then 'the source answered without a single row'
        when due.kind = 'meter' and coalesce(billed_days.days, 0) < day(last_day(due.period_month))
            then 'bills cover ' || coalesce(billed_days.days, 0) || ' of ' || day(last_day(due.period_month)) || ' days'
        when denied.reasons is not null then 'access denied to ' || denied.reasons
        when delivered.superseded_deliveries > 0
            then delivered.superseded_deliveries || ' earlier delivery superseded by a newer one'
    end as reason,
    coalesce(delivered.documents, 0) as documents,
    coalesce(delivered.rows_accepted, 0) as rows_accepted,
    coalesce(delivered.rows_rejected, 0) as rows_rejected
from due
left join delivered
    on due.source_id = delivered.source_id
    and due.request = delivered.request
    and due.period_month = delivered.period_month
left join denied
    on due.source_id = denied.source_id
    and due.request = denied.request
    and due.period_month = denied.period_month
left join billed_days
    on due.source_id = billed_days.source_id
    and due.request = billed_days.request
    and due.period_month = billed_days.period_month
