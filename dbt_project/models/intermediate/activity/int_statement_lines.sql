-- Every provider's statement lines in one shape: one line of this list per provider. A line is current when its
-- delivery is and no higher model version of the same claim and month stands beside it.
{% set statements = [
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
        *,
        max(model_order) over (partition by delivery_id, claim_id, period_month) as newest_model_order
    from lines
)

select
    * exclude (newest_model_order),
    is_current_delivery and model_order = newest_model_order as is_current,
    period_month in (select months.period_month from {{ ref('int_months') }} as months) as is_in_window
from ranked
