-- Which order line bought a device of the register, with the evidence: the serial number, order and line, order and
-- model, or, where the register names no order, the same model in service within half a year. A guess takes no more
-- devices than were ordered.
with bought as (
    select
        *,
        {{ device_key('manufacturer', 'model') }} as device_key
    from {{ ref('stg_purchase_order__lines') }}
    where is_hardware and quantity > 0
),

devices as (
    select
        *,
        {{ device_key('manufacturer', 'model') }} as device_key
    from {{ ref('stg_asset_register__assets') }}
),

candidates as (
    select
        devices.asset_id,
        devices.quantity,
        devices.in_service_date,
        bought.order_id,
        bought.order_line,
        bought.order_date,
        bought.quantity as ordered,
        case
            when devices.has_order_line and devices.order_line = bought.order_line then 2
            when not devices.has_order_line and devices.device_key = bought.device_key then 3
        end as evidence
    from devices
    inner join bought
        on devices.order_id = bought.order_id
    union all
    select
        devices.asset_id,
        devices.quantity,
        devices.in_service_date,
        bought.order_id,
        bought.order_line,
        bought.order_date,
        bought.quantity as ordered,
        1 as evidence
    from devices
    inner join bought
        on devices.serial_number = bought.serial_number
    union all
    select
        devices.asset_id,
        devices.quantity,
        devices.in_service_date,
        bought.order_id,
        bought.order_line,
        bought.order_date,
        bought.quantity as ordered,
        4 as evidence
    from devices
    inner join bought
        on devices.device_key = bought.device_key
        and devices.in_service_date between bought.order_date and bought.order_date + interval '183 days'
    where not devices.has_order
),

nearest as (
    select *
    from candidates
    where evidence is not null
    qualify row_number() over (
        partition by asset_id order by evidence, abs(date_diff('day', order_date, in_service_date)), order_id, order_line
    ) = 1
),

counted as (
    select
        *,
        sum(quantity) over (
            partition by order_id, order_line order by evidence, in_service_date, asset_id
            rows between unbounded preceding and current row
        ) as registered
    from nearest
)

select
    asset_id,
    quantity,
    order_id,
    order_line,
    order_date,
    ['serial number', 'order and line', 'order and model', 'model and date'][evidence] as order_evidence
from counted
where evidence < 4 or registered <= ordered
