-- Purchases that need a look: lines without a factor, and lines by spend because what should cover them did not come.
select
    'purchase_without_factor' as code,
    'warning' as severity,
    period_month,
    supplier as subject,
    count(*) || ' invoice lines, ' || printf('%.2f ', fsum(amount_ex_vat)) || currency || ': ' || excluded_evidence as text
from {{ ref('int_purchases') }}
where excluded_code = 'no_factor'
group by period_month, supplier, currency, excluded_evidence
union all
select
    'purchase_stands_in' as code,
    'warning' as severity,
    purchases.period_month,
    purchases.supplier as subject,
    printf('%.2f ', fsum(purchases.amount_ex_vat)) || purchases.currency || ' counts by spend: ' || suppliers.covered_by
    || ' should cover it and has nothing for the month' as text
from {{ ref('int_purchases') }} as purchases
inner join {{ ref('stg_config__suppliers') }} as suppliers
    on regexp_full_match(purchases.supplier, suppliers.supplier, 'i')
    and (suppliers.covered_category is null or suppliers.covered_category = purchases.category)
    and purchases.period_month >= coalesce(suppliers.valid_from, date '1900-01-01')
    and purchases.period_month <= coalesce(suppliers.valid_to, date '9999-12-31')
where purchases.excluded_code is null and suppliers.covered_by is not null
group by purchases.period_month, purchases.supplier, purchases.currency, suppliers.covered_by
union all
select
    'usage_over_share' as code,
    'critical' as severity,
    period_month,
    project_id as subject,
    printf('usage_profiles.csv gives %.2f of the requests away', fsum(request_share)) as text
from (
    select distinct source_id, project_id, period_month, who, grid_zone, site_id, request_share
    from {{ ref('int_usage') }}
) as profiles
group by source_id, project_id, period_month
having fsum(request_share) > 1 + 1e-9
union all
select
    'usage_without_factor' as code,
    'warning' as severity,
    usage.period_month,
    usage.project_id as subject,
    'No grid factor of zone ' || usage.grid_zone || ': ' || usage.who || ', ' || usage.what || ' counts nothing' as text
from {{ ref('int_usage') }} as usage
left join {{ ref('int_emissions_usage') }} as rows
    on usage.claim_id = rows.claim_id
    and usage.period_month = rows.period_month
where usage.who != 'own_staff_on_site' and usage.quantity > 0 and rows.claim_id is null
