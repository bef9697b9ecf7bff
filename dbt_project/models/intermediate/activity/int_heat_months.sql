-- Bill lines of heat, steam and cooling cut at month ends by days.
with pieces as (
    select
        bills.*,
        meters.site_id,
        coalesce(meters.role, 'incoming') as role,
        cast(piece.month_start as date) as period_month,
        date_diff(
            'day',
            greatest(bills.period_from, cast(piece.month_start as date)),
            least(bills.period_to, cast(piece.month_start + interval '1' month as date))
        ) as days
    from {{ ref('stg_heat_bill__lines') }} as bills
    left join {{ ref('stg_config__meters') }} as meters
        on bills.meter_id = meters.meter_id
        and meters.energy_source = bills.kind
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
    kind,
    site_id,
    role,
    period_month,
    concat_ws('|', 'heat', site_id, meter_id, kind) as claim_id,
    consumption_kwh * days / date_diff('day', period_from, period_to) as kwh,
    case
        when site_id is null then 'other_owner'
        when period_month not in (select months.period_month from {{ ref('int_months') }} as months) then 'other_period'
    end as excluded_code
from pieces
