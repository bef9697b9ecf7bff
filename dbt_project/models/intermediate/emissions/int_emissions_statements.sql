-- Providers' own figures, as stated, of every indicator; a basis that the provider lacks is filled by its other one and marked, unless
-- billed usage and grid factors can say more of its electricity. A supplier's scopes are our category 3.1 (policy).
with lines as (
    select * from {{ ref('int_statement_lines') }}
    where is_current and is_in_window and not is_total
),

stated as (
    select
        claim_id,
        measure,
        indicator,
        unit,
        period_month,
        part,
        covers,
        accounting_basis,
        provider_scope,
        provider,
        service,
        region,
        sub_account,
        source_id,
        max(delivery_id) as delivery_id,
        case when count(distinct document_sha256) = 1 then min(document_sha256) end as document_sha256,
        case when count(*) = 1 then min(document_row) end as document_row,
        max(retrieved_at) as retrieved_at,
        max(model_version) as model_version,
        fsum(amount) as amount
    from lines
    group by all
),

estimated as (
    select distinct claim_id, period_month
    from {{ ref('int_cloud_footprints') }}
    where part = 'electricity'
),

with_basis as (
    select *, 'stated' as basis_origin from stated
    union all by name
    select located.* replace ('market' as accounting_basis), 'substituted' as basis_origin
    from stated as located
    where
        located.accounting_basis = 'location'
        and not exists (
            select 1 from stated as market
            where
                market.claim_id = located.claim_id
                and market.indicator = located.indicator
                and market.period_month = located.period_month
                and market.provider_scope = located.provider_scope
                and market.accounting_basis = 'market'
        )
    union all by name
    select marketed.* replace ('location' as accounting_basis), 'substituted' as basis_origin
    from stated as marketed
    where
        marketed.accounting_basis = 'market'
        and not exists (
            select 1 from stated as location
            where
                location.claim_id = marketed.claim_id
                and location.indicator = marketed.indicator
                and location.period_month = marketed.period_month
                and location.provider_scope = marketed.provider_scope
                and location.accounting_basis = 'location'
        )
        and not (
            list_contains(marketed.covers, 'electricity')
            and exists (
                select 1 from estimated
                where estimated.claim_id = marketed.claim_id and estimated.period_month = marketed.period_month
            )
        )
)

select
    claim_id,
    provider || '.statement' as estimate_id,
    claim_id || '|' || measure as activity_id,
    period_month,
    part,
    covers,
    indicator,
    accounting_basis,
    'flow' as recognition,
    'unsplit' as gas,
    'unsplit' as lca_stage,
    provider_scope,
    source_id,
    delivery_id,
    document_sha256,
    document_row,
    model_version,
    retrieved_at,
    'provider_statement' as activity_type,
    amount as quantity,
    unit,
    sub_account as resource_id,
    region,
    provider,
    service,
    3 as scope,
    organization.cloud_scope_category as ghg_category,
    basis_origin,
    'unknown' as gwp_set,
    amount * 1.0 as amount,
    case indicator when 'gwp' then 'unit.kg_co2e' else 'unit.' || indicator end as factor_id,
    1.0 as factor_value,
    unit || '/' || unit as factor_unit,
    model_version as factor_vintage,
    'statement' || case when basis_origin = 'substituted' then '.substituted:' else ':' end || provider
    as uncertainty_profile
from with_basis
cross join {{ ref('stg_config__organization') }} as organization
