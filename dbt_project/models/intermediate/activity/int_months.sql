select cast(month_start as date) as period_month
from (
    select unnest(generate_series(
        (select min(first_period) from {{ ref('stg_config__sources') }}), {{ last_month() }}, interval '1' month
    )) as month_start
) as months
