{# What one month of a life takes of a whole: the running total after the month less the one before it. Running totals
   are products with a share that ends at exactly 1, and their neighbours differ by exactly representable numbers, so
   that the months of a life add up to the whole without a rounding error left over. `age` is 0 in the first month. #}
{% macro month_of_life(whole, age, lifetime) -%}
    ({{ whole }} * (({{ age }} + 1) / {{ lifetime }}) - {{ whole }} * ({{ age }} / {{ lifetime }}))
{%- endmacro %}
