{# A model version as a list of its numbers, so that 3.10 stands above 3.9: 'v3.0.1' → [3, 0, 1]. #}
{% macro version_numbers(column) -%}
    list_transform(regexp_extract_all({{ column }}, '[0-9]+'), lambda digits: cast(digits as bigint))
{%- endmacro %}

{# Accounts whose statement comes or is missing as one: Google's billing account, Azure's subscription, else all of the provider. #}
{% macro statement_group(provider, billing_account, sub_account) -%}
    (case {{ provider }} when 'google' then {{ billing_account }} when 'azure' then {{ sub_account }} else 'all' end)
{%- endmacro %}

{# What the organization calls the account of that provider, in its rules. #}
{% macro account_field(provider) -%}
    (case {{ provider }} when 'aws' then 'aws_account' when 'azure' then 'azure_subscription' else {{ provider }} || '_project' end)
{%- endmacro %}

{# Parts that the harmonised estimate knows of a billed quantity. #}
{% macro harmonised_parts() -%} ['electricity', 'energy_upstream', 'grid_losses', 'hardware'] {%- endmacro %}

{# Identity of the ratio that stands in for what a statement lacks. #}
{% macro ratio_id(estimate) -%}
    'ratio.' || {{ business_key(['claim_id', 'period_month', 'accounting_basis', estimate]) }}
{%- endmacro %}
