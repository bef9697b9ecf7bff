-- Each usage charge under the claim of the provider's statement that holds it: AWS account × region × service, Azure
-- resource, Google project × service × region, OVHcloud and Scaleway account × place × product. A service that no part
-- of the statement covers is a claim of its own, so that nobody's control total is spread over it.
with stated as (
    select claim_id, period_month from {{ ref('int_cloud_statements') }} where is_stated or is_missing
),

covered as (
    select
        provider,
        statement_service,
        service,
        period_month,
        bool_and(coverage = 'not') as is_left_out
    from {{ ref('int_cloud_coverage') }}
    group by provider, statement_service, service, period_month
),

placed as (
    select
        charges.*,
        coverage.is_left_out,
        {{ statement_group('charges.provider', 'charges.billing_account', 'charges.sub_account') }} as statement_group
    from (select *, account as sub_account from {{ ref('int_cloud_charges') }}) as charges
    left join covered as coverage
        on charges.provider = coverage.provider
        and charges.statement_service is not distinct from coverage.statement_service
        and charges.service is not distinct from coverage.service
        and charges.period_month = coverage.period_month
),

named as (
    select
        *,
        nullif(regexp_extract(resource_id, '(?i)/resourcegroups/([^/]+)', 1), '') as resource_group,
        case
            when provider = 'azure' and resource_id is not null then concat_ws('|', provider, account, lower(resource_id))
            when provider = 'azure' then concat_ws('|', provider, account, region, 'bill', service)
            when provider = 'google' then concat_ws('|', provider, billing_account, account, statement_service, region)
            when provider in ('ovhcloud', 'scaleway')
                then concat_ws('|', provider, account, region, coalesce(resource_type, statement_service))
            else concat_ws('|', provider, account, region, statement_service)
        end as natural_claim_id,
        -- AWS gathers what has no product code of its own.
        case when provider = 'aws' then concat_ws('|', provider, account, region, 'Other') end as rest_claim_id
    from placed
)

select
    * exclude (sub_account, natural_claim_id, rest_claim_id),
    case
        -- A line of the statement proves that it holds the service, unless it is the line of all the rest.
        when
            natural_claim_id in (select stated.claim_id from stated where stated.period_month = named.period_month)
            and not (is_left_out and natural_claim_id is not distinct from rest_claim_id)
            then natural_claim_id
        when is_left_out then concat_ws('|', provider, account, region, 'bill', service)
        when rest_claim_id in (select stated.claim_id from stated where stated.period_month = named.period_month)
            then rest_claim_id
        else natural_claim_id
    end as claim_id,
    'usage|' || {{ business_key(['provider', 'account', 'resource_group', 'service', 'sku_meter', 'resource_type', 'labels']) }}
    as thing_id,
    usage_quantity * kwh_per_unit as kwh
from named
