{# Atomic parts that a row of purchased electricity stands for: where a zone's factor has no split, all of them. #}
{% macro electricity_covers(part, is_unsplit) -%}
    (case when {{ is_unsplit }} then ['electricity', 'energy_upstream', 'grid_losses'] else [{{ part }}] end)
{%- endmacro %}
