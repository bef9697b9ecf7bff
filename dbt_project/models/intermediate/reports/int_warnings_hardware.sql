-- What a reader should know about devices: what counts nothing, and what the organization's own tables leave open.
with last_moves as (
    select asset_id, arg_max(to_site_id, moved_on) as site_id
    from {{ ref('stg_config__asset_moves') }}
    group by asset_id
),

broken_moves as (
    select asset_id, moved_on, from_site_id, before_site_id
    from (
        select
            *,
            lag(to_site_id) over (partition by asset_id order by moved_on) as before_site_id
        from {{ ref('stg_config__asset_moves') }}
    ) as moves
    where from_site_id != before_site_id
),

part_priced as (
    select distinct regions.region_id
    from {{ ref('stg_config__capacity_prices') }} as prices
    inner join {{ ref('int_site_regions') }} as regions
        on prices.site_id = regions.site_id
)

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
    'asset_move_disagrees' as code,
    'warning' as severity,
    {{ last_month() }} as period_month,
    moves.asset_id as subject,
    case
        when assets.asset_id is null then 'config/asset_moves.csv moves a device that no register has'
        else 'The register says ' || assets.site_id || ', config/asset_moves.csv ends at ' || moves.site_id
            || ': the moves hold; correct the one that is wrong'
    end as text
from last_moves as moves
left join {{ ref('int_asset_footprints') }} as assets
    on moves.asset_id = assets.asset_id
where assets.site_id is distinct from moves.site_id
union all
select
    'asset_move_disagrees' as code,
    'warning' as severity,
    {{ last_month() }} as period_month,
    asset_id as subject,
    'config/asset_moves.csv, ' || moved_on || ': leaves from ' || from_site_id || ' but stood at ' || before_site_id as text
from broken_moves
union all
select
    'treatment_not_posted' as code,
    'warning' as severity,
    {{ last_month() }} as period_month,
    asset_id as subject,
    'config/asset_treatments.csv, ' || treated_on || ': ' || case excluded_code
        when 'unknown_asset' then 'no register has the device'
        when 'more_than_owned' then pieces || ' pieces, with what was treated before, are more than the register has'
        else 'the footprint does not tell its end of life apart, so there is nothing to compare with'
    end as text
from {{ ref('int_asset_treatments') }}
where excluded_code in ('unknown_asset', 'more_than_owned', 'no_expectation')
union all
select distinct
    'capacity_price_missing' as code,
    'warning' as severity,
    usage.period_month,
    usage.region_id as subject,
    'Some capacity has no price in config/capacity_prices.csv: kWh alone split the region''s hardware' as text
from {{ ref('int_tenant_usage') }} as usage
inner join part_priced
    on usage.region_id = part_priced.region_id
where not usage.is_priced
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
