-- Step 2, where: from which month to which a device counts at which site. A life is the policy's, its class's own where
-- one is configured, and begins in the month in service; retiring a device early changes nothing, giving it back ends
-- it. The month of a move counts where the device stood at its end, so that no month counts twice and none is lost.
with lives as (
    select
        assets.*,
        coalesce(classes.lifetime_months, organization.lifetime_months) as lifetime_months,
        cast(date_trunc('month', assets.in_service_date) as date) as life_from,
        cast(least(
            life_from + to_months(coalesce(classes.lifetime_months, organization.lifetime_months)),
            date_trunc('month', coalesce(assets.counted_until, date '9999-12-01'))
        ) as date) as life_until
    from {{ ref('int_asset_footprints') }} as assets
    cross join {{ ref('stg_config__organization') }} as organization
    left join {{ ref('stg_config__device_lifetimes') }} as classes
        on assets.device_class = classes.device_class
    where assets.lca_source is not null
),

moves as (
    select
        *,
        cast(date_trunc('month', moved_on) as date) as month_moved
    from {{ ref('stg_config__asset_moves') }}
),

places as (
    select asset_id, to_site_id as site_id, month_moved as since
    from moves
    qualify row_number() over (partition by asset_id, month_moved order by moved_on desc) = 1
    union all
    select asset_id, from_site_id as site_id, date '0001-01-01' as since
    from moves
    qualify row_number() over (partition by asset_id order by moved_on) = 1
    union all
    select asset_id, site_id, date '0001-01-01' as since
    from lives
    where asset_id not in (select moves.asset_id from moves)
),

spans as (
    select
        *,
        lead(since, 1, date '9999-12-01') over (partition by asset_id order by since) as until
    from places
)

select
    lives.source_id,
    lives.asset_id,
    spans.site_id,
    lives.device_class,
    lives.cost_center,
    lives.has_stages,
    lives.quantity,
    lives.life_from,
    lives.lifetime_months,
    greatest(spans.since, lives.life_from) as stay_from,
    least(spans.until, lives.life_until) as stay_until
from lives
inner join spans
    on lives.asset_id = spans.asset_id
where spans.since < lives.life_until and spans.until > lives.life_from
