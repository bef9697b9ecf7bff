-- What the other documents leave out, one row per document and code, in the measure that the conservation check counts.
with documents as (
    select distinct source_id, delivery_id, document_sha256, period_month
    from {{ ref('stg_documents') }}
),

charges as (
    select
        'usage' as check_name, delivery_id, document_sha256, 'list cost' as measure, currency as unit,
        excluded_code as code, string_agg(distinct charge_category, ', ' order by charge_category) as evidence,
        sum(rows) as rows, coalesce(fsum(list_cost), 0) as quantity
    from {{ ref('stg_focus__usage') }}
    where is_current_delivery and excluded_code is not null
    group by delivery_id, document_sha256, currency, excluded_code
),

bills as (
    select
        'bill' as check_name, delivery_id, document_sha256, 'electricity' as measure, 'kWh' as unit,
        excluded_code as code, string_agg(distinct meter_id, ', ' order by meter_id) as evidence,
        count(*) as rows, fsum(kwh) as quantity
    from {{ ref('int_meter_months') }}
    where excluded_code is not null
    group by delivery_id, document_sha256, excluded_code
),

jobs as (
    select
        'jobs' as check_name, delivery_id, document_sha256, 'jobs' as measure, 'row' as unit,
        'superseded' as code, 'a later export holds the job' as evidence, count(*) as rows,
        cast(count(*) as double) as quantity
    from {{ ref('stg_slurm__jobs') }}
    where not is_newest
    group by delivery_id, document_sha256
),

by_document as (
    select * from charges
    union all by name
    select * from bills
    union all by name
    select * from jobs
),

-- Older models of a month, and months before the report begins or after it ends.
statements as (
    select
        'statement' as check_name,
        source_id,
        delivery_id,
        cast(null as varchar) as document_sha256,
        period_month,
        'gwp' as measure,
        'kg CO2e' as unit,
        case when is_in_window then 'superseded' else 'other_period' end as code,
        string_agg(distinct model_version, ', ' order by model_version) as evidence,
        count(*) as rows,
        fsum(amount) as quantity
    from {{ ref('int_statement_lines') }}
    where is_current_delivery and indicator = 'gwp' and not is_total and not (is_current and is_in_window)
    group by source_id, delivery_id, period_month, is_in_window
)

select by_document.*, documents.source_id, documents.period_month
from by_document
inner join documents
    on by_document.delivery_id = documents.delivery_id
    and by_document.document_sha256 = documents.document_sha256
union all by name
select * from statements
union all by name
select * from {{ ref('int_exclusions_energy') }}
