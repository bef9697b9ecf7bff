-- Invoice lines with their category: the line's own, else what suppliers.csv says that the supplier sells.
select
    lines.* replace (coalesce(lines.category, suppliers.category) as category)
from {{ ref('stg_invoices__lines') }} as lines
left join {{ ref('stg_config__suppliers') }} as suppliers
    on regexp_full_match(lines.supplier, suppliers.supplier, 'i')
    and suppliers.category is not null
    and lines.period_month >= coalesce(suppliers.valid_from, date '1900-01-01')
    and lines.period_month <= coalesce(suppliers.valid_to, date '9999-12-31')
qualify row_number() over (
    partition by lines.document_sha256, lines.delivery_id, lines.document_row order by suppliers.supplier, suppliers.valid_from
) = 1
