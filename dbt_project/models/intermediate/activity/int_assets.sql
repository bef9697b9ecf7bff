-- Asset lines cut where a credit note took part of them back: pieces kept, and pieces returned with the day. A credit
-- note takes the device whose serial number it names, else what the register does not know, else the newest.
with asset_lines as (
    select * from {{ ref('int_asset_lines') }}
),

credits as (
    select
        order_id,
        order_line,
        serial_number,
        order_date as returned_date,
        record_id,
        -quantity as pieces,
        sum(-quantity) over notes - (-quantity) as credited_from,
        sum(-quantity) over notes as credited_to
    from {{ ref('stg_purchase_order__lines') }}
    where is_hardware and quantity < 0
    window notes as (
        partition by order_id, order_line
        order by serial_number nulls last, order_date, record_id
        rows between unbounded preceding and current row
    )
),

credited_lines as (
    select
        *,
        coalesce(serial_number in (select credits.serial_number from credits), false) as is_named
    from asset_lines
    where
        exists (
            select 1 from credits
            where credits.order_id = asset_lines.order_id and credits.order_line = asset_lines.order_line
        )
),

queued as (
    select
        asset_id,
        order_id,
        order_line,
        quantity,
        sum(quantity) over queue - quantity as queue_from,
        sum(quantity) over queue as queue_to
    from credited_lines
    window queue as (
        partition by order_id, order_line
        order by is_named desc, starts_with(asset_id, 'order|') desc, in_service_date desc, asset_id asc
        rows between unbounded preceding and current row
    )
),

returned as (
    select
        queued.asset_id,
        queued.quantity as line_quantity,
        credits.returned_date,
        credits.record_id,
        sum(least(queued.queue_to, credits.credited_to) - greatest(queued.queue_from, credits.credited_from)) as quantity
    from queued
    inner join credits
        on queued.order_id = credits.order_id
        and queued.order_line = credits.order_line
        and queued.queue_from < credits.credited_to
        and credits.credited_from < queued.queue_to
    group by queued.asset_id, queued.quantity, credits.returned_date, credits.record_id
),

taken as (
    select asset_id, sum(quantity) as quantity from returned group by asset_id
),

pieces as (
    select
        asset_lines.* replace (asset_lines.quantity - coalesce(taken.quantity, 0) as quantity),
        cast(null as date) as returned_date
    from asset_lines
    left join taken
        on asset_lines.asset_id = taken.asset_id
    union all by name
    select
        asset_lines.* replace (
            returned.quantity as quantity,
            case
                when returned.quantity = returned.line_quantity then asset_lines.asset_id
                else concat_ws(
                    '|', asset_lines.asset_id, 'returned',
                    coalesce(nullif(returned.record_id, '-'), cast(returned.returned_date as varchar))
                )
            end as asset_id
        ),
        returned.returned_date
    from asset_lines
    inner join returned
        on asset_lines.asset_id = returned.asset_id
)

select
    * replace (cast(quantity as bigint) as quantity),
    case
        when ownership = 'operating_lease' then least(returned_date, cast(lease_end_date + interval '1 day' as date))
        else returned_date
    end as counted_until
from pieces
where quantity > 0
