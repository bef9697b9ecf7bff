{# md5 over the named columns, nulls as '-': the business key of a row. #}
{% macro business_key(columns) -%}
    md5(concat_ws('|'{% for c in columns %}, coalesce(cast({{ c }} as varchar), '-'){% endfor %}))
{%- endmacro %}

{# The ledger row's identity: never values, documents, model versions or what policy decides. #}
{% macro emission_id() -%}
    {{ business_key(['claim_id', 'estimate_id', 'activity_id', 'period_month', 'part', 'indicator', 'accounting_basis',
                     'recognition', 'gas', 'lca_stage', 'provider_scope', 'instrument_id', 'entry']) }}
{%- endmacro %}

{# One multiplication: rows with the same steps share it. Twelve digits, because a sum's last ones depend on its order. #}
{% macro factor_chain_id(relation) -%}
    md5(concat_ws(
        '|', {{ relation }}.factor_id, printf('%.12g', {{ relation }}.factor_value), {{ relation }}.factor_unit,
        {{ relation }}.chain_key
    ))
{%- endmacro %}

{% macro slice_id() -%}
    {{ business_key(['claim_id', 'period_month', 'boundary', 'project_id', 'lifecycle_phase', 'lifecycle_activity',
                     'allocation_part']) }}
{%- endmacro %}

{# The two official bases: a row that does not depend on the basis stands in both. #}
{% macro bases_of(column) -%}
    (case {{ column }} when 'both' then ['location', 'market'] else [{{ column }}] end)
{%- endmacro %}

{# First day of the build's last month. #}
{% macro last_month() -%}
    date '{{ var("period") }}'
{%- endmacro %}

{# Name of the key that a site's kWh give, by how much of them was metered; see key_uncertainty. #}
{% macro site_energy_key(balance) -%}
    case
        when {{ balance }}.key_kwh = 0 then 'site_energy_undecided'
        when {{ balance }}.has_boards and {{ balance }}.lost_kwh + {{ balance }}.estimated_kwh > 0.25 * {{ balance }}.gpu_kwh then 'site_energy_estimated'
        when {{ balance }}.has_boards and {{ balance }}.lost_kwh + {{ balance }}.estimated_kwh > 0 then 'site_energy_partly_metered'
        when {{ balance }}.has_boards then 'site_energy_metered'
        else 'site_energy_estimated'
    end
{%- endmacro %}
