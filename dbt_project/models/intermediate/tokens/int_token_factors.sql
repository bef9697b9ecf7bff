-- Factors of token usage as the ledger names them: energy and hardware per million output tokens, PUE of places, and the
-- lifetime that stands in for the one a coefficient was computed with.
with used as (
    select distinct coefficient_id from {{ ref('int_token_models') }}
),

coefficients as (
    select coefficients.*
    from {{ ref('int_token_coefficients') }} as coefficients
    inner join used
        on coefficients.coefficient_id = used.coefficient_id
),

energy as (
    select
        coefficient_id as factor_id,
        version || ' ' || model || ': IT energy of output tokens' as name,
        valid_from,
        valid_to,
        kwh as value,
        'kWh/Mtoken' as unit,
        'direct' as factor_boundary,
        'energy' as indicator,
        'tokens.energy:' || coefficient_id as uncertainty_profile,
        source,
        licence,
        version as publisher,
        'Mean of ' || printf('%.4g', kwh_low) || ' and ' || printf('%.4g', kwh_high)
        || ' kWh, PUE taken out; input and cached tokens are not counted' as note
    from coefficients
),

hardware as (
    select
        coefficients.coefficient_id || '.hardware.' || made.indicator as factor_id,
        coefficients.version || ' ' || coefficients.model || ': share of making the hardware' as name,
        coefficients.valid_from,
        coefficients.valid_to,
        made.value,
        made.unit || '/Mtoken' as unit,
        'upstream' as factor_boundary,
        made.indicator,
        'tokens.hardware:' || coefficients.coefficient_id as uncertainty_profile,
        coefficients.source,
        coefficients.licence,
        coefficients.version as publisher,
        'Over ' || coalesce(coefficients.hardware_months || ' months', 'our lifetime') as note
    from coefficients
    cross join lateral (
        values ('gwp', coefficients.gwp, 'kg CO2e'), ('adpe', coefficients.adpe, 'kg Sb-eq'), ('pe', coefficients.pe, 'MJ')
    ) as made(indicator, value, unit)
    where made.value > 0
),

places as (
    select
        'pue.tokens.' || provider || '.' || pue as factor_id,
        'PUE of ' || provider || ' as a model API' as name,
        date '2020-01-01' as valid_from,
        pue as value,
        'kWh/kWh' as unit,
        'direct' as factor_boundary,
        'energy' as indicator,
        'exact' as uncertainty_profile,
        min(evidence) as source,
        'publisher''s terms; figures alone' as licence,
        'Footing' as publisher
    from {{ ref('int_token_places') }}
    where pue is not null
    group by provider, pue
),

lifetimes as (
    select distinct
        'lifetime.' || coalesce(coefficients.hardware_months, organization.lifetime_months) || '.' || organization.lifetime_months
        as factor_id,
        'Lifetime of hardware: the coefficient''s over ours' as name,
        date '1900-01-01' as valid_from,
        coalesce(coefficients.hardware_months, organization.lifetime_months) / organization.lifetime_months as value,
        'month/month' as unit,
        'upstream' as factor_boundary,
        'gwp' as indicator,
        'exact' as uncertainty_profile,
        'organization.yml, lifetime_months' as source,
        'not applicable' as licence,
        'Footing' as publisher
    from coefficients
    cross join {{ ref('stg_config__organization') }} as organization
)

{% for family in ['energy', 'hardware', 'places', 'lifetimes'] %}
select
    *,
    'any' as geography,
    'co2e' as gases,
    'unknown' as gwp_set,
    'both' as accounting_basis
from {{ family }}
{% if not loop.last %}union all by name{% endif %}
{% endfor %}
