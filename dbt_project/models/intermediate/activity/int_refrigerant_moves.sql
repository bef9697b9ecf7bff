-- Kilograms by line and month, signed, as they make the leak: a balance is spread over its days, a top-up stands in its
-- month. What makes no leak (first fills, more recovered than filled, a balance that gains) is `stock`.
with pieces as (
    select
        lines.*,
        case
            when lines.method = 'top_up' then cast(date_trunc('month', lines.event_date) as date)
            else cast(piece.month_start as date)
        end as period_month,
        case
            when lines.method = 'top_up' then lines.signed_kg
            else lines.signed_kg * date_diff(
                'day',
                greatest(lines.counted_from + 1, cast(piece.month_start as date)),
                least(lines.counted_to + 1, cast(piece.month_start + interval '1' month as date))
            ) / date_diff('day', lines.counted_from, lines.counted_to)
        end as kg
    from {{ ref('int_refrigerant_lines') }} as lines
    cross join unnest(generate_series(
        date_trunc('month', coalesce(lines.counted_from + 1, lines.event_date)),
        date_trunc('month', coalesce(lines.counted_to, lines.event_date)),
        interval '1' month
    )) as piece(month_start)
),

-- A machine that is filled for the first time has not leaked.
leaks as (
    select
        claim_id,
        refrigerant_key,
        method,
        counted_from,
        case when method = 'top_up' then period_month end as leak_month,
        fsum(kg) as kg
    from pieces
    where excluded_code is null and (method = 'mass_balance' or event != 'charged')
    group by all
)

select
    pieces.source_id,
    pieces.delivery_id,
    pieces.document_sha256,
    pieces.document_row,
    pieces.retrieved_at,
    pieces.claim_id,
    pieces.site_id,
    pieces.equipment_id,
    pieces.refrigerant,
    pieces.refrigerant_key,
    pieces.method,
    pieces.counted_from,
    pieces.counted_to,
    pieces.period_month,
    pieces.kg,
    case
        when pieces.method = 'top_up' and pieces.event in ('charged', 'counted') then 'stock'
        when leaks.kg > 1e-9 then 'leak'
        else 'stock'
    end as used_as,
    case
        when pieces.excluded_code is not null then pieces.excluded_code
        when pieces.period_month not in (select months.period_month from {{ ref('int_months') }} as months) then 'other_period'
    end as excluded_code
from pieces
left join leaks
    on pieces.claim_id = leaks.claim_id
    and pieces.refrigerant_key = leaks.refrigerant_key
    and pieces.method = leaks.method
    and pieces.counted_from is not distinct from leaks.counted_from
    and leaks.leak_month is not distinct from case when pieces.method = 'top_up' then pieces.period_month end
