{# Short name of a cloud provider from the many names it bills under; null stays null. #}
{% macro provider_code(name) -%}
    case
        when {{ name }} is null then null
        when lower({{ name }}) like '%amazon%' or lower({{ name }}) = 'aws' or lower({{ name }}) like 'aws %' then 'aws'
        when lower({{ name }}) like '%microsoft%' or lower({{ name }}) like '%azure%' then 'azure'
        when lower({{ name }}) like '%google%' or lower({{ name }}) = 'gcp' then 'google'
        when lower({{ name }}) like 'ovh%' then 'ovhcloud'
        when lower({{ name }}) like '%scaleway%' then 'scaleway'
        else 'other'
    end
{%- endmacro %}
