-- Bounds of token estimates. EcoLogits' method errs alike for all models (expert judgement: batch size, hardware, the assumed
-- place and its grid are guessed from outside), a model's size within its own range, and input tokens, which EcoLogits does
-- not count, can only add.
with coefficients as (
    select
        coefficients.coefficient_id,
        coefficients.version,
        coefficients.kwh_low / coefficients.kwh - 1 as energy_low,
        coefficients.kwh_high / coefficients.kwh - 1 as energy_high,
        coalesce(coefficients.gwp_low / nullif(coefficients.gwp, 0) - 1, 0) as hardware_low,
        coalesce(coefficients.gwp_high / nullif(coefficients.gwp, 0) - 1, 0) as hardware_high
    from {{ ref('int_token_coefficients') }} as coefficients
    inner join (select distinct coefficient_id from {{ ref('int_token_models') }}) as used
        on coefficients.coefficient_id = used.coefficient_id
),

kinds as (
    select *, 'tokens.energy:' || coefficient_id as profile, energy_low as model_low, energy_high as model_high from coefficients
    union all by name
    select *, 'tokens.hardware:' || coefficient_id as profile, hardware_low as model_low, hardware_high as model_high
    from coefficients
    union all by name
    select
        coefficients.*,
        'tokens.substituted:' || coefficients.coefficient_id || ':' || zones.grid_zone as profile,
        energy_low as model_low,
        energy_high as model_high
    from coefficients
    cross join (select distinct grid_zone from {{ ref('int_token_places') }} where grid_zone is not null) as zones
)

select
    profile,
    'tokens.' || coefficient_id as uncertainty_group,
    'noise' as kind,
    model_low as rel_low,
    model_high as rel_high,
    version || ': range of the model''s size' as source
from kinds
union all by name
select
    kinds.profile,
    components.uncertainty_group,
    components.kind,
    components.rel_low,
    components.rel_high,
    components.source
from kinds
cross join {{ ref('uncertainty_components') }} as components
where components.profile = 'tokens'
union all by name
select
    kinds.profile,
    replace(components.uncertainty_group, '{zone}', string_split(kinds.profile, ':')[-1]) as uncertainty_group,
    components.kind,
    components.rel_low,
    components.rel_high,
    components.source
from kinds
cross join {{ ref('uncertainty_components') }} as components
where components.profile = 'tokens.substituted' and starts_with(kinds.profile, 'tokens.substituted:')
