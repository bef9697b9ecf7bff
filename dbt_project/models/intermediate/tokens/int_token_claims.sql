-- Output tokens of a month by claim (provider × account × model) with the coefficients that stand for the model: what the
-- ledger posts, and what a cloud's figures cover, which is posted beside them as a comparison.
with quantities as (
    select
        claim_id,
        period_month,
        provider,
        account,
        min(model) as model,
        coefficient_id,
        grid_zone,
        pue,
        min(cloud_claim_id) as cloud_claim_id,
        max(source_id) as source_id,
        max(delivery_id) as delivery_id,
        case when count(distinct document_sha256) = 1 then min(document_sha256) end as document_sha256,
        case when sum(rows) = 1 then min(document_row) end as document_row,
        max(retrieved_at) as retrieved_at,
        fsum(output_mtoken) as quantity
    from {{ ref('int_token_usage') }}
    where excluded_code is null or (excluded_code = 'covered_by' and not is_own)
    group by claim_id, period_month, provider, account, coefficient_id, grid_zone, pue
    having fsum(output_mtoken) > 0
)

select
    quantities.*,
    coefficients.version as model_version,
    coefficients.kwh,
    coefficients.gwp,
    coefficients.adpe,
    coefficients.pe,
    coefficients.valid_from,
    coalesce(coefficients.hardware_months, organization.lifetime_months) as hardware_months,
    organization.lifetime_months,
    organization.cloud_scope_category as ghg_category
from quantities
inner join {{ ref('int_token_coefficients') }} as coefficients
    on quantities.coefficient_id = coefficients.coefficient_id
cross join {{ ref('stg_config__organization') }} as organization
