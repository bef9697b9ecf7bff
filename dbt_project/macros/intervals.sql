{# 95 % intervals. Per uncertainty group: lo = Σ amount × rel_low, hi = Σ amount × rel_high, with sign, so that one
   group adds linearly; different groups of kind `noise` add in quadrature, `coverage` (one-sided bias) linearly on
   top. A negative sum (a month subtracted) swaps its sides. The variance of allocation keys joins the noise. #}
{% macro upward(lo, hi) -%} greatest({{ lo }}, {{ hi }}, 0) {%- endmacro %}

{% macro downward(lo, hi) -%} greatest(-({{ lo }}), -({{ hi }}), 0) {%- endmacro %}

{% macro half_width(side, kind, key_variance='0') -%}
    (
        sqrt(coalesce(fsum({{ side }} * {{ side }}) filter (where {{ kind }} = 'noise'), 0) + {{ key_variance }})
        + coalesce(fsum({{ side }}) filter (where {{ kind }} = 'coverage'), 0)
    )
{%- endmacro %}

{# Error of a key inside one claim: c × emission × √(S(1 − S)), S being the share that the cell holds. #}
{% macro key_error(key_rel, whole, share) -%}
    {{ key_rel }} * {{ whole }} * sqrt(least({{ share }}, 1) * (1 - least({{ share }}, 1)))
{%- endmacro %}

{# Bounds of single rows: every row with its own groups, nothing divided. #}
{% macro interval_of_rows(relation) -%}
    select
        emission_id,
        any_value(amount) - {{ half_width('down', 'kind') }} as amount_low,
        any_value(amount) + {{ half_width('up', 'kind') }} as amount_high
    from (
        select
            rows.emission_id,
            rows.amount,
            components.kind,
            {{ upward('rows.amount * components.rel_low', 'rows.amount * components.rel_high') }} as up,
            {{ downward('rows.amount * components.rel_low', 'rows.amount * components.rel_high') }} as down
        from {{ relation }} as rows
        inner join {{ ref('dim_uncertainty') }} as components
            on rows.uncertainty_profile = components.profile
    ) as parts
    group by emission_id
{%- endmacro %}

{# Kept in the published file: bounds for any group-by and, with weights 1 and −1, for any difference. #}
{% macro interval_by_ddl() -%}
create or replace macro interval_by(dims, weight, keep) as table
with slices as (
    select
        dims as k,
        claim_id,
        period_month,
        emission_id,
        uncertainty_profile,
        share,
        key_rel,
        weight * amount as a,
        weight * emission_amount as whole
    from fct_emissions_allocated
    where keep
),

totals as (
    select k, fsum(a) as total from slices group by k
),

uncertainty_groups as (
    select
        slices.k,
        case components.uncertainty_group when 'claim' then slices.claim_id else components.uncertainty_group end as g,
        components.kind,
        fsum(slices.a * components.rel_low) as lo,
        fsum(slices.a * components.rel_high) as hi
    from slices
    inner join dim_uncertainty as components on slices.uncertainty_profile = components.profile
    group by all
),

held as (
    select k, claim_id, emission_id, any_value(whole) as whole, any_value(key_rel) as key_rel, fsum(share) as s
    from slices
    group by k, claim_id, emission_id
),

claim_errors as (
    select k, claim_id, fsum({{ key_error('key_rel', 'whole', 's') }}) as h from held group by k, claim_id
),

key_variances as (
    select k, fsum(h * h) as key_variance from claim_errors group by k
),

sides as (
    select
        totals.k,
        totals.total,
        groups.kind,
        key_variances.key_variance,
        {{ upward('groups.lo', 'groups.hi') }} as up,
        {{ downward('groups.lo', 'groups.hi') }} as down
    from totals
    inner join uncertainty_groups as groups on totals.k is not distinct from groups.k
    inner join key_variances on totals.k is not distinct from key_variances.k
)

select
    k,
    any_value(total) as total,
    any_value(total) - {{ half_width('down', 'kind', 'any_value(key_variance)') }} as low,
    any_value(total) + {{ half_width('up', 'kind', 'any_value(key_variance)') }} as high
from sides
group by k
{%- endmacro %}
