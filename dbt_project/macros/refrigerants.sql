{# A refrigerant's name without marks and case: R-410A, r410a and "R 410 A" are one. #}
{% macro refrigerant_key(column) -%}
    regexp_replace(upper({{ column }}), '[^A-Z0-9]', '', 'g')
{%- endmacro %}
