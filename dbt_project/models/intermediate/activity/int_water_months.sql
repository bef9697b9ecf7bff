-- Water bill lines cut at month ends by days; those of a site that config/sites.csv does not know are left out.
with pieces as (
    select
        bills.*,
        cast(piece.month_start as date) as period_month,
        date_diff(
            'day',
            greatest(bills.period_from, cast(piece.month_start as date)),
            least(bills.period_to, cast(piece.month_start + interval '1' month as date))
        ) as days
    from {{ ref('stg_water_bill__lines') }} as bills
    cross join unnest(generate_series(
        date_trunc('month', bills.period_from), bills.period_to - interval '1' day, interval '1' month
    )) as piece(month_start)
)

select
    source_id,
    delivery_id,
    document_sha256,
    document_row,
    retrieved_at,
    supplier,
    meter_id,
    site_id,
    period_month,
    water_m3 * days / date_diff('day', period_from, period_to) as water_m3,
    discharge_m3 * days / date_diff('day', period_from, period_to) as discharge_m3,
    case
        when site_id not in (select sites.site_id from {{ ref('stg_config__sites') }} as sites) then 'other_owner'
        when period_month not in (select months.period_month from {{ ref('int_months') }} as months) then 'other_period'
    end as excluded_code
from pieces
