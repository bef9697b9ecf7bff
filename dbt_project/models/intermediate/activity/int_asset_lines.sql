-- Everything bought or leased, each device once: the lines of the register, under the order that bought them, and what
-- order lines bought beyond them.
with bought as (
    select *
    from {{ ref('stg_purchase_order__lines') }}
    where is_hardware and quantity > 0
),

registered as (
    select
        order_id,
        order_line,
        sum(quantity) as quantity
    from {{ ref('int_order_matches') }}
    group by order_id, order_line
),

register_lines as (
    select
        assets.* exclude (has_order, has_order_line)
        replace (
            coalesce(matches.order_id, assets.order_id) as order_id,
            coalesce(matches.order_line, assets.order_line) as order_line,
            coalesce(matches.order_date, assets.order_date) as order_date,
            coalesce(nullif(assets.ownership, 'purchased'), bought.ownership, 'purchased') as ownership,
            coalesce(assets.lease_end_date, bought.lease_end_date) as lease_end_date,
            coalesce(assets.price_per_piece, bought.price_per_piece) as price_per_piece,
            case when assets.price_per_piece is null then coalesce(bought.currency, assets.currency) else assets.currency end
            as currency,
            {% for figure in supplier_figures() %}
            coalesce(assets.{{ figure }}, bought.{{ figure }}) as {{ figure }}{{ ',' if not loop.last }}
            {% endfor %}
        ),
        matches.order_evidence
    from {{ ref('stg_asset_register__assets') }} as assets
    left join {{ ref('int_order_matches') }} as matches
        on assets.asset_id = matches.asset_id
    left join bought
        on matches.order_id = bought.order_id
        and matches.order_line = bought.order_line
),

order_lines as (
    select
        bought.* exclude (record_id, supplier, is_hardware)
        replace (bought.quantity - coalesce(registered.quantity, 0) as quantity),
        concat_ws('|', 'order', bought.order_id, bought.order_line) as asset_id,
        cast(null as date) as retired_date,
        cast(null as varchar) as status,
        'ordered, not in the register' as order_evidence
    from bought
    left join registered
        on bought.order_id = registered.order_id
        and bought.order_line = registered.order_line
    where bought.quantity > coalesce(registered.quantity, 0)
)

select * from register_lines
union all by name
select * from order_lines
