-- What the rules can look at of bought services: supplier, category, cost centre, and the project written on the line,
-- which counts as a label.
{% for field, column in [
    ('supplier', 'supplier'), ('purchase_category', 'category'), ('cost_center', 'cost_center'), ('label_project', 'project')
] %}
select distinct source_id, thing_id, '{{ field }}' as field, {{ column }} as value
from {{ ref('int_purchases') }}
where excluded_code is null and {{ column }} is not null
union all
{% endfor %}
select distinct source_id, claim_id as thing_id, 'supplier' as field, sub_account as value
from {{ ref('stg_vendor_statement__lines') }}
where is_current_delivery
