-- Models that were called, by month and source: estimated or not, why not, and what to do.
select
    period_month,
    source_id,
    provider,
    account,
    model,
    case
        when excluded_code is null and output_tokens = 0 then 'no_output'
        else coalesce(excluded_code, 'estimated')
    end as status,
    min(coefficient_id) as coefficient_id,
    min(model_evidence) as model_evidence,
    min(grid_zone) as grid_zone,
    cast(sum(input_tokens) as double) as input_tokens,
    cast(sum(output_tokens) as double) as output_tokens,
    cast(sum(requests) as double) as requests,
    fsum(counted) as counted,
    counted_unit,
    min(case
        when is_own and excluded_code = 'covered_by' then 'own servers: their meters hold it'
        when excluded_code = 'covered_by' then 'held by ' || cloud_claim_id
        when excluded_code = 'inner_measure' then 'inside the provider''s own report'
        when excluded_code = 'duplicate' then 'answered from the gateway''s cache'
    end) as covered_by,
    min(case excluded_code
        when 'unknown_model' then 'say in config/model_aliases.csv which model it is, or give its coefficients in config/token_models.csv'
        when 'unknown_place' then 'say in config/api_places.csv where the provider computes, in a zone with a grid factor'
        when 'no_coefficient' then 'nobody publishes what one takes: it counts nothing, and the count tells how much is missing'
        when 'other_period' then 'the day is of another month than the delivery: export months apart'
    end) as remedy
from {{ ref('int_token_usage') }}
group by period_month, source_id, provider, account, model, status, counted_unit
