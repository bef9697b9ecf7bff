-- Tokens of a month by provider, account, model and who used them, each document apart; and what is left out of the
-- ledger, with a code: another month's, answers out of a gateway's cache, a gateway inside the provider's own report, own
-- servers (their meters hold them), a cloud that covers them, models that nobody knows, and images and audio, which are
-- counted in no tokens.
with reported as (
    select distinct provider, period_month
    from {{ ref('int_token_lines') }}
    where not is_gateway and not is_other_period
),

covered as (
    select provider, account, period_month, min(cloud_claim_id) as cloud_claim_id
    from {{ ref('int_token_covers') }}
    where is_token_covered
    group by provider, account, period_month
),

quantities as (
    select
        provider, account, model, period_month, thing_id, source_id, delivery_id, document_sha256, delivery_month, connector,
        is_gateway, is_other_period, is_repeat, counted_unit,
        any_value(service) as service,
        any_value(project) as project,
        max(retrieved_at) as retrieved_at,
        min(document_row) as document_row,
        count(*) as rows,
        cast(sum(input_tokens) as double) as input_tokens,
        cast(sum(output_tokens) as double) as output_tokens,
        cast(sum(requests) as double) as requests,
        fsum(counted) as counted
    from {{ ref('int_token_lines') }}
    group by all
)

select
    quantities.*,
    concat_ws('|', 'tokens', quantities.provider, quantities.account, lower(quantities.model)) as claim_id,
    quantities.output_tokens / 1e6 as output_mtoken,
    models.coefficient_id,
    models.evidence as model_evidence,
    places.grid_zone,
    places.pue,
    case
        when
            quantities.is_other_period
            or quantities.period_month not in (select months.period_month from {{ ref('int_months') }} as months)
            then 'other_period'
        when quantities.is_repeat then 'duplicate'
        when places.is_own then 'covered_by'
        when quantities.is_gateway and reported.provider is not null then 'inner_measure'
        when quantities.counted_unit is not null then 'no_coefficient'
        when models.coefficient_id is null then 'unknown_model'
        when zones.grid_zone is null then 'unknown_place'
        when covered.provider is not null then 'covered_by'
    end as excluded_code,
    covered.cloud_claim_id,
    places.is_own
from quantities
inner join {{ ref('int_token_places') }} as places
    on quantities.provider = places.provider
    and quantities.account = places.account
left join {{ ref('int_token_models') }} as models
    on quantities.provider = models.provider
    and quantities.model = models.model
    and quantities.period_month = models.period_month
left join (select distinct grid_zone from {{ ref('int_posted_factors') }} where indicator = 'gwp') as zones
    on places.grid_zone = zones.grid_zone
left join reported
    on quantities.provider = reported.provider
    and quantities.period_month = reported.period_month
left join covered
    on quantities.provider = covered.provider
    and quantities.account = covered.account
    and quantities.period_month = covered.period_month
