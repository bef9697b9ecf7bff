-- Billing charges as allocation keys: one row per rolled-up group, of every usable delivery. excluded_code says why a
-- charge carries no emissions of the provider; a correction of usage keeps its sign and stands beside what it corrects.
with documents as (
    -- The same bytes under two names in one delivery are one document.
    select
        source_id,
        delivery_id,
        document_sha256,
        doc_key,
        request,
        seq,
        is_current,
        retrieved_at
    from {{ ref('stg_documents') }}
    where connector = 'focus' and is_usable
    qualify row_number() over (partition by delivery_id, doc_key order by part) = 1
),

named as (
    select
        usage.*,
        coalesce(
            {{ provider_code('usage.declared_provider') }},
            nullif({{ provider_code('usage.service_provider_name') }}, 'other'),
            nullif({{ provider_code('usage.provider_name') }}, 'other'),
            nullif({{ provider_code('usage.host_provider_name') }}, 'other'),
            'other'
        ) as provider,
        -- 1.3 names the seller as service provider, 1.4 drops the publisher.
        {{ provider_code('coalesce(usage.publisher_name, usage.service_provider_name)') }} as seller
    from {{ source('rollup', 'focus_usage') }} as usage
)

select
    documents.source_id,
    documents.delivery_id,
    documents.document_sha256,
    named.document_row,
    documents.retrieved_at,
    documents.seq,
    documents.request,
    documents.is_current as is_current_delivery,
    named.period_month,
    named.provider,
    named.billing_account_id as billing_account,
    case
        when lower(named.sub_account_id) like '/subscriptions/%' then split_part(lower(named.sub_account_id), '/', 3)
        else named.sub_account_id
    end as sub_account,
    named.region,
    named.service_name as service,
    named.service_code,
    named.sku_id as sku,
    -- Where no meter is given its description stands in, with the service's name before it.
    case
        when starts_with(named.sku_meter, named.service_name || ': ')
            then substr(named.sku_meter, length(named.service_name) + 3)
        else named.sku_meter
    end as sku_meter,
    -- AWS names the machine after the usage type's colon: EUW3-BoxUsage:p4d.24xlarge, Host:ml.g5.xlarge.
    coalesce(
        named.instance_type,
        nullif(
            regexp_extract(
                named.usage_type,
                ':((?:[a-z]+[.])?[a-z][a-z0-9-]*[.](?:nano|micro|small|medium|large|[0-9]*xlarge|metal[a-z0-9-]*))$', 1
            ),
            ''
        )
    ) as instance_type,
    named.resource_id,
    named.resource_type,
    named.charge_category,
    named.charge_class,
    named.pricing_category,
    named.commitment_status,
    case
        when named.charge_category = 'tax' then 'tax'
        when named.charge_category in ('credit', 'adjustment') then 'credit'
        when lower(named.service_name) like '%support%' or lower(named.service_category) = 'support'
            or lower(named.service_subcategory) = 'support' then 'support'
        when named.seller <> named.provider then 'marketplace'
        when named.commitment_status = 'unused' then 'commitment'
        when named.charge_category = 'purchase' and (named.has_commitment or named.pricing_category = 'committed')
            then 'commitment'
    end as excluded_code,
    named.usage_quantity,
    named.usage_unit,
    named.list_cost,
    named.effective_cost,
    named.contracted_cost,
    named.billed_cost,
    named.billing_currency as currency,
    named.labels,
    named.charges as rows
from named
inner join documents on named.doc_key = documents.doc_key
