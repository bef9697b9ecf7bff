-- One place per device and month, wherever it was moved; and never more than one life, or less of one that has ended.
with counted as (
    select
        asset_id,
        count(*) as months_counted,
        count(distinct period_month) as different_months,
        max(lifetime_months) as lifetime_months,
        fsum(share_of_life) as share
    from {{ ref('int_asset_months') }}
    group by asset_id
)

select asset_id
from counted
where
    months_counted != different_months
    or months_counted > lifetime_months
    or share > 1 + 1e-15
    or (months_counted = lifetime_months and abs(share - 1) > 1e-15)
