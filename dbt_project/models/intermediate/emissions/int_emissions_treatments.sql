-- Real treatment of discarded devices less what their footprint expected: a correction in the month of the treatment,
-- once beside the amortised life and once beside the purchase, so that both still come to the same.
{% set views = {
    'amortised': "'hardware|' || site_id || '|' || device_class",
    'acquisition': "concat_ws('|', 'order', order_id, order_line)",
} %}
{% for recognition, claim in views.items() %}
select
    {{ claim }} as claim_id,
    'lca' as estimate_id,
    concat_ws('|', {{ claim }}, 'treatment', asset_id, treated_on) as activity_id,
    period_month,
    'hardware' as part,
    ['hardware'] as covers,
    'gwp' as indicator,
    'both' as accounting_basis,
    '{{ recognition }}' as recognition,
    'unsplit' as gas,
    'end_of_life' as lca_stage,
    'correction' as entry,
    source_id,
    delivery_id,
    retrieved_at,
    'treatment' as activity_type,
    difference_kg_co2e as quantity,
    'kg CO2e' as unit,
    site_id,
    asset_id,
    3 as scope,
    {{ hardware_category("ownership = 'operating_lease'", "'end_of_life'") }} as ghg_category,
    'computed' as basis_origin,
    'unknown' as gwp_set,
    difference_kg_co2e as amount,
    'unit.kg_co2e' as factor_id,
    1.0 as factor_value,
    'kg CO2e/kg CO2e' as factor_unit,
    'hardware.treatment' as uncertainty_profile
from {{ ref('int_asset_treatments') }}
where excluded_code is null
{% if not loop.last %}union all{% endif %}
{% endfor %}
