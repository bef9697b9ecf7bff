-- Every provider's statement lines in one shape: one line of this list per provider. A line is current when its
-- delivery is and no higher model version of the same month stands beside it: a month is of one model, never a mixture.
{% set statements = [
    'stg_aws_carbon_export__lines',
    'stg_aws_sustainability__lines',
    'stg_azure_carbon__lines',
    'stg_google_carbon_footprint__lines',
    'stg_microsoft_emissions__lines',
    'stg_ovhcloud_carbon__lines',
    'stg_scaleway_footprint__lines',
] %}
with lines as (
    {% for statement in statements %}
    select * from {{ ref(statement) }}
    {% if not loop.last %}union all by name{% endif %}
    {% endfor %}
),

ranked as (
    select
        * replace (coalesce(indicator, 'gwp') as indicator),
        max(model_order) over (partition by delivery_id, period_month) as newest_model_order
    from lines
)

select
    * exclude (newest_model_order),
    model_order = newest_model_order as is_newest_model,
    is_current_delivery and model_order = newest_model_order as is_current,
    period_month in (select months.period_month from {{ ref('int_months') }} as months) as is_in_window
from ranked
