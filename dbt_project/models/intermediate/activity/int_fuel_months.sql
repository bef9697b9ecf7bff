-- Fuel log lines cut at month ends by days, with why a piece is left out. Fuel burnt where somebody else runs the
-- building (colocation, customer, home) is theirs; a vehicle is ours wherever it stands.
with lines as (
    select
        log.*,
        sites.country,
        date_diff('day', log.period_from, log.period_to) as days_logged,
        case
            when log.is_repeat then 'duplicate'
            when sites.site_id is null then 'other_owner'
            when log.use != 'vehicle' and sites.control not in ('owned', 'leased') then 'other_owner'
        end as line_code
    from {{ ref('stg_fuel_log__lines') }} as log
    left join {{ ref('stg_config__sites') }} as sites
        on log.site_id = sites.site_id
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
),

known as (
    select distinct country, period_month, fuel, quantity_unit
    from {{ ref('int_fuel_factor_choice') }}
    where factor_boundary = 'direct' and indicator = 'gwp'
)

select
    pieces.source_id,
    pieces.delivery_id,
    pieces.document_sha256,
    pieces.document_row,
    pieces.retrieved_at,
    concat_ws('|', 'fuel', pieces.site_id, pieces.equipment_id) as claim_id,
    pieces.site_id,
    pieces.country,
    pieces.equipment_id,
    pieces.use,
    pieces.fuel,
    pieces.unit,
    pieces.period_month,
    pieces.quantity * pieces.days / pieces.days_logged as quantity,
    case
        when pieces.line_code is not null then pieces.line_code
        when pieces.period_month not in (select months.period_month from {{ ref('int_months') }} as months) then 'other_period'
        when known.fuel is null then 'no_factor'
    end as excluded_code
from pieces
left join known
    on pieces.country = known.country
    and pieces.period_month = known.period_month
    and pieces.fuel = known.fuel
    and pieces.unit = known.quantity_unit
