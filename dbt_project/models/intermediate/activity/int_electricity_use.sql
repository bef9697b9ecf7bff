-- Electricity taken from a grid, as activities: what the utility meter bills, and beside it telemetry × PUE. On-site
-- generation is in the balance only: it is no purchase. Where we stand on a site decides the category: what we own or
-- lease is scope 2, of a colocation the operator's cooling is 3.8, homes of staff are 3.7, customers' sites 3.11.
with bills as (
    select
        'meter|' || months.site_id || '|' || months.meter_id as claim_id,
        'utility_bill' as estimate_id,
        months.site_id,
        months.period_month,
        max(months.source_id) as source_id,
        max(months.delivery_id) as delivery_id,
        case when count(distinct months.document_sha256) = 1 then min(months.document_sha256) end as document_sha256,
        case when count(*) = 1 then min(months.document_row) end as document_row,
        max(months.retrieved_at) as retrieved_at,
        months.meter_id as resource_id,
        months.role,
        min(months.supplier) as provider,
        fsum(months.kwh) as quantity
    from {{ ref('int_meter_months') }} as months
    where months.excluded_code is null and months.is_control_total
    group by months.site_id, months.meter_id, months.role, months.period_month
),

placed as (
    select
        bills.*,
        sites.control,
        case
            when sites.control != 'colocation' then 0
            when bills.role = 'it' then balance.overhead_kwh / balance.it_kwh
            else balance.overhead_kwh / balance.total_kwh
        end as operator_share
    from bills
    inner join {{ ref('stg_config__sites') }} as sites
        on bills.site_id = sites.site_id
    left join {{ ref('int_site_balance') }} as balance
        on bills.site_id = balance.site_id
        and bills.period_month = balance.period_month
),

telemetry as (
    select
        min(claims.claim_id) as claim_id,
        'telemetry' as estimate_id,
        balance.site_id,
        balance.period_month,
        min(balance.key_source_id) as source_id,
        cast(null as varchar) as resource_id,
        min((balance.key_kwh - balance.lost_kwh - balance.estimated_kwh) * balance.pue * balance.grid_share) as quantity,
        min(balance.lost_kwh * balance.pue * balance.grid_share) as lost_quantity,
        min(balance.estimated_kwh * balance.pue * balance.grid_share) as estimated_quantity
    from {{ ref('int_site_balance') }} as balance
    inner join {{ ref('int_claims') }} as claims
        on balance.site_id = claims.site_id
        and balance.period_month = claims.period_month
        and claims.claim_kind = 'meter'
    where balance.key_kwh > 0
    group by balance.site_id, balance.period_month
),

activities as (
    select
        * exclude (control, operator_share, role) replace (
            -- A submeter sees IT alone; the hall's own meter also sees the operator's cooling.
            case when role = 'it' then quantity else quantity * (1 - coalesce(operator_share, 0)) end as quantity
        ),
        case when role = 'it' then 1 else 1 - coalesce(operator_share, 0) end as billed_share,
        'kwh' as counted,
        'meter' as profile
    from placed
    union all by name
    select
        * exclude (control, operator_share, role) replace (quantity * operator_share as quantity),
        case when role = 'it' then 0 else operator_share end as billed_share,
        'operator_kwh' as counted,
        case when role = 'it' then 'telemetry' else 'meter' end as profile
    from placed
    where operator_share > 0
    union all by name
    select * exclude (lost_quantity, estimated_quantity), 'kwh' as counted, 'telemetry' as profile
    from telemetry
    where quantity > 0
    {% for part in ['lost', 'estimated'] %}
    union all by name
    select
        * exclude (lost_quantity, estimated_quantity) replace ({{ part }}_quantity as quantity),
        '{{ part }}' as counted,
        '{{ part }}' as profile
    from telemetry
    where {{ part }}_quantity > 0
    {% endfor %}
)

select
    activities.*,
    activities.claim_id || '|' || activities.counted as activity_id,
    sites.grid_zone,
    case
        when activities.counted = 'operator_kwh' then '3.8'
        when sites.control = 'employee_home' then '3.7'
        when sites.control = 'customer' then '3.11'
        else '2.electricity'
    end as use_category,
    case when use_category = '2.electricity' then 2 else 3 end as use_scope,
    case when use_category = '2.electricity' then '3.3' else use_category end as upstream_category
from activities
inner join {{ ref('stg_config__sites') }} as sites
    on activities.site_id = sites.site_id
