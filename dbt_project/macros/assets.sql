{# Maker and model as one text to compare devices by: lower case, one space between words, the maker once. #}
{% macro device_key(manufacturer, model) -%}
    trim(regexp_replace(
        lower(case
            when {{ manufacturer }} is null or starts_with(lower({{ model }}), lower({{ manufacturer }})) then {{ model }}
            else {{ manufacturer }} || ' ' || {{ model }}
        end), '[^a-z0-9]+', ' ', 'g'
    ))
{%- endmacro %}

{# A supplier's own figures of a device, as registers and orders bring them. #}
{% macro supplier_figures() -%}
    {{ return([
        'embodied_kg_co2e', 'embodied_transport_kg_co2e', 'embodied_end_of_life_kg_co2e', 'embodied_adpe_kg_sb_eq',
        'embodied_pe_mj', 'embodied_water_l', 'mass_kg', 'embodied_source'
    ]) }}
{%- endmacro %}

{# What we buy stands in 3.2, its end of life in 3.5; what a lessor owns stands in 3.8, whole. #}
{% macro hardware_category(is_leased, lca_stage) -%}
    case when {{ is_leased }} then '3.8' when {{ lca_stage }} = 'end_of_life' then '3.5' else '3.2' end
{%- endmacro %}

{# What a ledger row of hardware says of the lines that it sums; to stand in a `group by all`. #}
{% macro hardware_columns(stages) -%}
    {{ stages }}.lca_stage,
    {{ stages }}.lca_source,
    {{ stages }}.indicator,
    {{ stages }}.unit as indicator_unit,
    {{ stages }}.ownership = 'operating_lease' as is_leased,
    min({{ stages }}.site_id) as site_id,
    min({{ stages }}.device_class) as device_class,
    max({{ stages }}.source_id) as source_id,
    max({{ stages }}.delivery_id) as delivery_id,
    min({{ stages }}.document_sha256) as document_sha256,
    max({{ stages }}.retrieved_at) as retrieved_at,
    case when count(*) = 1 then min({{ stages }}.asset_id) end as asset_id
{%- endmacro %}
