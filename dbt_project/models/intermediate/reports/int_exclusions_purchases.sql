-- Every invoice line that carries no emissions of its own, and why; months of vendors' statements outside the report.
select
    'invoice' as check_name,
    source_id,
    delivery_id,
    document_sha256,
    document_row,
    delivery_month as period_month,
    'amount ex VAT' as measure,
    currency as unit,
    excluded_code as code,
    supplier as subject,
    covered_by,
    excluded_evidence as evidence,
    1 as rows,
    amount_ex_vat as quantity
from {{ ref('int_purchases') }}
where excluded_code is not null
union all by name
select
    'vendor_statement' as check_name,
    source_id,
    delivery_id,
    document_sha256,
    document_row,
    delivery_month as period_month,
    'gwp' as measure,
    'kg CO2e' as unit,
    'other_period' as code,
    supplier as subject,
    'period ' || period_from || ' to ' || period_to as evidence,
    1 as rows,
    fsum(amount) as quantity
from {{ ref('stg_vendor_statement__periods') }}
where is_current_delivery and period_month not in (select months.period_month from {{ ref('int_months') }} as months)
group by all
union all by name
select
    'volumes' as check_name,
    source_id,
    delivery_id,
    document_sha256,
    document_row,
    period_month,
    metric as measure,
    unit,
    'other_period' as code,
    project_id as subject,
    'outside the reported months' as evidence,
    1 as rows,
    quantity
from {{ ref('stg_volumes__rows') }}
where period_month not in (select months.period_month from {{ ref('int_months') }} as months)
