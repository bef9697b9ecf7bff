-- Step 2, when: the months in which a device's making is counted, at the site where it stands. A device older than its
-- life adds nothing; one retired early keeps counting until its time is up.
select
    stays.source_id,
    stays.asset_id,
    stays.site_id,
    stays.device_class,
    stays.cost_center,
    stays.has_stages,
    stays.quantity,
    months.period_month,
    stays.lifetime_months,
    date_diff('month', stays.life_from, months.period_month) as age_months,
    {{ month_of_life('1.0', 'age_months', 'stays.lifetime_months') }} as share_of_life
from {{ ref('int_asset_stays') }} as stays
inner join {{ ref('int_months') }} as months
    on months.period_month >= stays.stay_from
    and months.period_month < stays.stay_until
