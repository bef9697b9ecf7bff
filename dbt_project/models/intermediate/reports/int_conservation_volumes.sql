-- Volumes per document and metric: requests that the ledger multiplies, once per who, and what serves as a key only.
with stated as (
    select
        delivery_id,
        document_sha256,
        period_month,
        metric,
        unit,
        fsum(quantity) as stated,
        coalesce(
            fsum(quantity) filter (
                where period_month not in (select months.period_month from {{ ref('int_months') }} as months)
            ), 0
        ) as excluded
    from {{ ref('stg_volumes__rows') }}
    group by all
),

-- Who stands for which share, by the configuration alone.
shares as (
    select source_id, project_id, period_month, fsum(request_share) as share
    from (
        select distinct source_id, project_id, period_month, who, grid_zone, site_id, request_share
        from {{ ref('int_usage') }}
        where who != 'own_staff_on_site'
    ) as profiles
    group by source_id, project_id, period_month
),

keys as (
    select
        volumes.delivery_id,
        volumes.document_sha256,
        volumes.period_month,
        volumes.metric,
        volumes.unit,
        fsum(
            volumes.quantity * (1 - case volumes.metric when 'requests' then coalesce(shares.share, 0) else 0 end)
        ) as key_only
    from {{ ref('int_volumes') }} as volumes
    left join shares
        on volumes.source_id = shares.source_id
        and volumes.project_id = shares.project_id
        and volumes.period_month = shares.period_month
    group by all
),

posted as (
    select document_sha256, period_month, fsum(quantity) as ai
    from (
        select documents.document_sha256, emissions.period_month, documents.quantity
        from {{ ref('fct_emissions') }} as emissions
        inner join {{ ref('bridge_emission_documents') }} as documents
            on emissions.emission_id = documents.emission_id
        where emissions.activity_type = 'product_use' and emissions.is_reported
        qualify row_number() over (
            partition by emissions.resource_id, emissions.period_month, documents.document_sha256
            order by emissions.claim_id, emissions.part, emissions.accounting_basis
        ) = 1
    ) as requests
    group by document_sha256, period_month
)

select
    'volumes' as check_name,
    stated.delivery_id,
    stated.document_sha256,
    stated.period_month,
    stated.metric as measure,
    stated.unit,
    stated.stated,
    case stated.metric when 'requests' then posted.ai end as ai,
    keys.key_only,
    stated.excluded,
    1e-9 * greatest(stated.stated, 1) as tolerance
from stated
left join posted
    on stated.document_sha256 = posted.document_sha256
    and stated.period_month = posted.period_month
left join keys
    on stated.delivery_id = keys.delivery_id
    and stated.document_sha256 = keys.document_sha256
    and stated.period_month = keys.period_month
    and stated.metric = keys.metric
    and stated.unit = keys.unit
