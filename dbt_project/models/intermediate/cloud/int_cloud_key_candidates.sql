-- What could split each claim by its billed usage, in the order of trust: harmonised kg, the quantity of a single SKU,
-- list cost, effective cost. A key counts only when every usage line of the claim has it; the best has key_order 1.
with unit_kg as (
    select
        claim_id,
        period_month,
        hardware_id,
        grid_zone,
        pue,
        fsum(factor_value) as kg_per_unit
    from {{ ref('int_cloud_footprints') }}
    where tier != 'spend' and accounting_basis in ('location', 'both')
    group by claim_id, period_month, hardware_id, grid_zone, pue
),

lines as (
    select
        usage.claim_id,
        usage.period_month,
        usage.thing_id,
        usage.document_sha256,
        usage.sku || '/' || usage.usage_unit as sku_unit,
        usage.usage_unit,
        usage.usage_quantity * unit_kg.kg_per_unit as harmonised_kg,
        usage.usage_quantity,
        usage.list_cost,
        usage.effective_cost
    from {{ ref('int_cloud_usage') }} as usage
    left join unit_kg
        on usage.claim_id = unit_kg.claim_id
        and usage.period_month = unit_kg.period_month
        and usage.hardware_id = unit_kg.hardware_id
        and usage.grid_zone = unit_kg.grid_zone
        and usage.pue = unit_kg.pue
),

complete as (
    select
        claim_id,
        period_month,
        bool_and(harmonised_kg is not null) and fsum(harmonised_kg) > 0 as harmonised_kg,
        bool_and(sku_unit is not null and usage_quantity is not null) and count(distinct sku_unit) = 1
        and fsum(usage_quantity) > 0 as usage_quantity,
        bool_and(list_cost is not null) and fsum(list_cost) > 0 as list_cost,
        bool_and(effective_cost is not null) and fsum(effective_cost) > 0 as effective_cost
    from lines
    group by claim_id, period_month
),

things as (
    select
        claim_id,
        period_month,
        thing_id,
        min(document_sha256) as document_sha256,
        any_value(usage_unit) as usage_unit,
        fsum(harmonised_kg) as harmonised_kg,
        fsum(usage_quantity) as usage_quantity,
        fsum(list_cost) as list_cost,
        fsum(effective_cost) as effective_cost
    from lines
    group by claim_id, period_month, thing_id
),

candidates as (
    {% for key, unit in {'harmonised_kg': "'kg CO2e'", 'usage_quantity': 'things.usage_unit', 'list_cost': "'EUR'", 'effective_cost': "'EUR'"}.items() %}
    select
        things.claim_id,
        things.period_month,
        things.thing_id,
        things.document_sha256,
        '{{ key }}' as allocation_key,
        {{ loop.index }} as trust,
        {{ unit }} as key_unit,
        things.{{ key }} as key_quantity
    from things
    inner join complete
        on things.claim_id = complete.claim_id
        and things.period_month = complete.period_month
        and complete.{{ key }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    *,
    dense_rank() over (partition by claim_id, period_month order by trust) as key_order
from candidates
