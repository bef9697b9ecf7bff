{# Published tables stand in `main`; what only the build needs stands in schemas named for its layer. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}
