-- Bill lines cut at month ends by days. Days of a credit note count back, so that days and kWh cancel together.
with lines as (
    select
        bills.*,
        meters.site_id,
        coalesce(meters.energy_source, 'grid') as energy_source,
        date_diff('day', bills.period_from, bills.period_to) as days_billed
    from {{ ref('stg_electricity_bill__lines') }} as bills
    left join {{ ref('stg_config__meters') }} as meters
        on bills.meter_id = meters.meter_id
),

pieces as (
    select
        lines.*,
        cast(piece.month_start as date) as period_month,
        date_diff(
            'day',
            greatest(lines.period_from, cast(piece.month_start as date)),
            least(lines.period_to, cast(piece.month_start + interval '1' month as date))
        ) as days
    from lines
    cross join unnest(generate_series(
        date_trunc('month', lines.period_from), lines.period_to - interval '1' day, interval '1' month
    )) as piece(month_start)
)

select
    source_id,
    delivery_id,
    document_sha256,
    document_row,
    retrieved_at,
    supplier,
    invoice_number,
    meter_id,
    site_id,
    energy_source,
    period_month,
    case when is_credit_note then -days else days end as days,
    consumption_kwh * days / days_billed as kwh,
    case
        when site_id is null then 'other_owner'
        when period_month not in (select months.period_month from {{ ref('int_months') }} as months) then 'other_period'
    end as excluded_code
from pieces
