-- Bill lines and meter readings cut at month ends by days. Days of a credit note count back, so that days and kWh
-- cancel together. What a grid meter takes in is the control total that scope 2 is posted on; where a colocation
-- operator submeters us, our IT meter is it.
with roles as (
    select
        meters.meter_id,
        meters.site_id,
        meters.energy_source,
        coalesce(meters.role, 'incoming') as role,
        coalesce(sites.control, 'owned') as control,
        bool_or(coalesce(meters.role, 'incoming') = 'incoming') over (partition by meters.site_id) as has_incoming
    from {{ ref('stg_config__meters') }} as meters
    left join {{ ref('stg_config__sites') }} as sites
        on meters.site_id = sites.site_id
    where meters.energy_source not in ('heat', 'steam', 'cooling')
),

lines as (
    select
        bills.*,
        roles.site_id,
        coalesce(roles.energy_source, 'grid') as energy_source,
        coalesce(roles.role, 'incoming') as role,
        coalesce(
            roles.energy_source = 'grid'
            and (
                roles.role = 'incoming'
                or (roles.role = 'it' and roles.control = 'colocation' and not roles.has_incoming)
            ),
            false
        ) as is_control_total,
        date_diff('day', bills.period_from, bills.period_to) as days_billed
    from {{ ref('stg_electricity_bill__lines') }} as bills
    left join roles
        on bills.meter_id = roles.meter_id
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
    role,
    is_control_total,
    pue,
    period_month,
    case when is_credit_note then -days else days end as days,
    consumption_kwh * days / days_billed as kwh,
    case
        when site_id is null then 'other_owner'
        when period_month not in (select months.period_month from {{ ref('int_months') }} as months) then 'other_period'
    end as excluded_code
from pieces
