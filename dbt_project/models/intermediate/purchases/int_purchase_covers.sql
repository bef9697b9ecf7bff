-- What already tells of an invoice line: a vendor's statement of that month; of a line of devices, the register of the
-- same order (installation and support on it are services of their own); a source that suppliers.csv names and that
-- delivered for that month. One cover per line, the strongest.
with lines as (
    select claim_id, supplier, category, period_month, order_id
    from {{ ref('int_purchase_lines') }}
    where occurrence = 1
),

delivered as (
    select distinct status.source_id, status.period_month, sources.cadence
    from {{ ref('int_month_status') }} as status
    inner join {{ ref('stg_config__sources') }} as sources
        on status.source_id = sources.source_id
    where status.status not in ('missing', 'unusable', 'gap')
),

statements as (
    select
        lines.claim_id,
        1 as cover_order,
        min(statements.source_id) as covered_by,
        'the vendor''s own statement covers ' || min(statements.period_from) || ' to ' || max(statements.period_to)
        as evidence
    from lines
    inner join {{ ref('stg_vendor_statement__periods') }} as statements
        on lower(trim(lines.supplier)) = lower(trim(statements.supplier))
        and lines.period_month = statements.period_month
        and (statements.category is null or statements.category = lines.category)
    where statements.is_current_delivery
    group by lines.claim_id
),

devices as (
    select
        lines.claim_id,
        2 as cover_order,
        min(stages.source_id) as covered_by,
        'order ' || lines.order_id || ' stands in the asset register' as evidence
    from lines
    inner join {{ ref('purchase_categories') }} as categories
        on lines.category = categories.category
        and categories.is_device
    inner join {{ ref('int_asset_stages') }} as stages
        on lines.order_id = stages.order_id
    group by lines.claim_id, lines.order_id
),

rules as (
    select
        lines.claim_id,
        3 as cover_order,
        source.source_id as covered_by,
        'suppliers.csv, ' || suppliers.supplier || ': ' || suppliers.evidence as evidence
    from lines
    inner join {{ ref('stg_config__suppliers') }} as suppliers
        on regexp_full_match(lines.supplier, suppliers.supplier, 'i')
        and (suppliers.covered_category is null or suppliers.covered_category = lines.category)
        and lines.period_month >= coalesce(suppliers.valid_from, date '1900-01-01')
        and lines.period_month <= coalesce(suppliers.valid_to, date '9999-12-31')
    cross join unnest(string_split_regex(suppliers.covered_by, '\s+')) as source(source_id)
    inner join delivered
        on source.source_id = delivered.source_id
        and (lines.period_month = delivered.period_month or delivered.cadence = 'once')
),

covers as (
    select * from statements
    union all by name
    select * from devices
    union all by name
    select * from rules
)

select
    claim_id,
    covered_by,
    evidence
from covers
qualify row_number() over (partition by claim_id order by cover_order, covered_by, evidence) = 1
