-- What a reader should know about figures of hardware, one line per subject.
select
    'asset_without_footprint' as code,
    'warning' as severity,
    {{ last_month() }} as period_month,
    asset_id as subject,
    'No supplier figure, product, class average or price: the device counts nothing' as text
from {{ ref('int_asset_footprints') }}
where lca_source is null
union all
select
    'asset_footprint_stand_in' as code,
    'info' as severity,
    {{ last_month() }} as period_month,
    lca_source || '/' || device_class as subject,
    sum(quantity) || ' devices of ' || count(distinct model) || ' models rest on '
    || case lca_source when 'spend' then 'their price' else 'the mean of their class' end
    || ': no figure of their own from the supplier, Boavizta or BoaviztAPI' as text
from {{ ref('int_asset_footprints') }}
where lca_source in ('class_average', 'spend')
group by lca_source, device_class
union all
select
    'credit_without_order' as code,
    'warning' as severity,
    cast(date_trunc('month', credits.order_date) as date) as period_month,
    concat_ws('/', credits.order_id, credits.order_line) as subject,
    'A credit note of ' || -credits.quantity || ' pieces, of which '
    || coalesce(returned.pieces, 0) || ' were found: order and line must be those of the purchase' as text
from (
    select order_id, order_line, max(order_date) as order_date, sum(quantity) as quantity
    from {{ ref('stg_purchase_order__lines') }}
    where is_hardware and quantity < 0
    group by order_id, order_line
) as credits
left join (
    select order_id, order_line, sum(quantity) as pieces
    from {{ ref('int_assets') }}
    where returned_date is not null
    group by order_id, order_line
) as returned
    on credits.order_id = returned.order_id
    and credits.order_line = returned.order_line
where coalesce(returned.pieces, 0) < -credits.quantity
