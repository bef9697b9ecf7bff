-- The families of emissions in one shape: one line of this list per family.
{% set families = [
    'int_emissions_statements',
    'int_emissions_cloud',
    'int_emissions_cloud_indicators',
    'int_emissions_electricity',
    'int_emissions_indicators',
    'int_emissions_hardware',
] %}
with families as (
    {% for family in families %}
    select * from {{ ref(family) }}
    {% if not loop.last %}union all by name{% endif %}
    {% endfor %}
),

complete as (
    select
        families.* exclude (gap_fill),
        coalesce(families.gap_fill, false) as gap_fill,
        cast(null as varchar) as instrument_id,
        'original' as entry,
        claims.entity_id,
        cast(null as varchar) as organization_unit
    from families
    inner join {{ ref('int_claims') }} as claims
        on families.claim_id = claims.claim_id
        and families.period_month = claims.period_month
)

select
    {{ emission_id() }} as emission_id,
    *
from complete
