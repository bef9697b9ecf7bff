-- Which coefficients stand for each model that was called, month by month: the organization's own for that name, else its
-- own alias, else the first shipped alias (lowest priority) whose name EcoLogits knows, of the provider's own models first.
with called as (
    select distinct provider, named_provider, model, period_month
    from {{ ref('int_token_lines') }}
),

names as (
    select
        called.*,
        0 as priority,
        'own:' || called.provider as ecologits_provider,
        lower(called.model) as name,
        'token_models.csv' as evidence
    from called
    union all by name
    select
        called.*,
        1 as priority,
        aliases.ecologits_provider,
        lower(aliases.model) as name,
        'model_aliases.csv: ' || aliases.pattern as evidence
    from called
    inner join {{ ref('stg_config__model_aliases') }} as aliases
        on aliases.provider in (called.provider, called.named_provider, '*')
        and regexp_full_match(called.model, aliases.pattern)
    union all by name
    select
        called.*,
        aliases.priority,
        cast(null as varchar) as ecologits_provider,
        regexp_replace(lower(called.model), '^(?:' || aliases.pattern || ')$', aliases.replacement) as name,
        'shipped alias ' || aliases.priority || ': ' || aliases.note as evidence
    from called
    inner join {{ ref('model_aliases') }} as aliases
        on regexp_full_match(lower(called.model), aliases.pattern)
)

select
    names.provider,
    names.model,
    names.period_month,
    names.evidence,
    coefficients.* exclude (model, valid_from, valid_to),
    coefficients.valid_from
from names
left join {{ ref('token_providers') }} as providers
    on names.named_provider = providers.provider
inner join {{ ref('int_token_coefficients') }} as coefficients
    on names.name = coefficients.model
    and (
        names.ecologits_provider = coefficients.ecologits_provider
        or (names.ecologits_provider is null and not starts_with(coefficients.ecologits_provider, 'own:'))
    )
    and names.period_month >= date_trunc('month', coefficients.valid_from)
    and names.period_month <= coalesce(coefficients.valid_to, date '9999-12-31')
qualify row_number() over (
    partition by names.provider, names.model, names.period_month
    order by
        names.priority asc,
        coefficients.ecologits_provider is distinct from providers.ecologits_provider asc,
        coefficients.valid_from desc,
        coefficients.coefficient_id desc
) = 1
