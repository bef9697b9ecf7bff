-- Devices and order lines that the ledger does not take, one row per document and code.
with unmade as (
    select delivery_id, document_sha256, count(*) as rows
    from {{ ref('int_asset_footprints') }}
    where lca_source is null
    group by delivery_id, document_sha256
),

devices as (
    select
        checks.check_name,
        checks.document_sha256,
        checks.measure,
        checks.unit,
        'no_factor' as code,
        'no footprint of the device or its class' as evidence,
        coalesce(unmade.rows, 0) as rows,
        checks.excluded as quantity
    from {{ ref('int_conservation_assets') }} as checks
    left join unmade
        on checks.delivery_id = unmade.delivery_id
        and checks.document_sha256 = unmade.document_sha256
    where checks.excluded > 0
),

services as (
    select
        'order_pieces' as check_name, document_sha256, 'pieces' as measure, 'piece' as unit,
        'not_hardware' as code, string_agg(distinct order_id, ', ' order by order_id) as evidence,
        count(*) as rows, fsum(quantity) as quantity
    from {{ ref('stg_purchase_order__lines') }}
    where quantity > 0 and not is_hardware
    group by document_sha256
),

ordered as (
    select
        footprints.document_sha256,
        footprints.order_id,
        footprints.quantity,
        case
            when footprints.lca_source is null then 'no_factor'
            when footprints.ownership = 'operating_lease' then 'other_owner'
            when months.period_month is null then 'other_period'
        end as code
    from {{ ref('int_asset_footprints') }} as footprints
    left join {{ ref('int_months') }} as months
        on date_trunc('month', footprints.order_date) = months.period_month
    where footprints.document_sha256 in (select lines.document_sha256 from {{ ref('stg_purchase_order__lines') }} as lines)
),

pieces as (
    select
        'order_pieces' as check_name, document_sha256, 'pieces' as measure, 'piece' as unit, code,
        string_agg(distinct order_id, ', ' order by order_id) as evidence, count(*) as rows, fsum(quantity) as quantity
    from ordered
    where code is not null
    group by document_sha256, code
),

left_out as (
    select * from devices
    union all by name
    select * from services
    union all by name
    select * from pieces
)

select left_out.*, documents.source_id, documents.delivery_id, {{ last_month() }} as period_month
from left_out
inner join {{ ref('stg_documents') }} as documents
    on left_out.document_sha256 = documents.document_sha256
    and documents.is_current
