-- A statement's lines, as stated, against what the ledger posts of them; and the provider's totals against its parts.
with lines as (
    select * from {{ ref('int_statement_lines') }} where is_current_delivery
),

stated as (
    select
        delivery_id,
        period_month,
        indicator,
        unit,
        accounting_basis,
        provider_scope,
        part,
        fsum(amount) as stated,
        coalesce(fsum(amount) filter (where not is_current or not is_in_window), 0) as excluded
    from lines
    where not is_total
    group by delivery_id, period_month, indicator, unit, accounting_basis, provider_scope, part
),

posted as (
    select
        delivery_id,
        period_month,
        indicator,
        accounting_basis,
        provider_scope,
        part,
        {% for boundary in ['ai', 'outside_ai', 'outside_it', 'unattributed'] %}
        coalesce(fsum(amount) filter (where boundary = '{{ boundary }}'), 0) as {{ boundary }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('fct_emissions_allocated') }}
    where basis_origin = 'stated'
    group by delivery_id, period_month, indicator, accounting_basis, provider_scope, part
),

totals as (
    select
        delivery_id,
        period_month,
        indicator,
        unit,
        basis.basis as accounting_basis,
        any_value(provider) as delivery_provider,
        count(*) filter (where is_total) as total_lines,
        count(*) filter (where not is_total) as part_lines,
        coalesce(fsum(amount) filter (where is_total), 0) as stated,
        coalesce(fsum(amount) filter (where not is_total), 0) as parts
    from lines
    cross join unnest({{ bases_of('lines.accounting_basis') }}) as basis(basis)
    where is_current and is_in_window
    group by delivery_id, period_month, indicator, unit, basis.basis
    having count(*) filter (where is_total) > 0
)

select
    'statement' as check_name,
    stated.delivery_id,
    stated.period_month,
    stated.indicator as measure,
    stated.unit,
    stated.accounting_basis,
    stated.provider_scope,
    stated.part,
    stated.stated,
    coalesce(posted.ai, 0) as ai,
    coalesce(posted.outside_ai, 0) as outside_ai,
    coalesce(posted.outside_it, 0) as outside_it,
    coalesce(posted.unattributed, 0) as unattributed,
    0.0 as key_only,
    stated.excluded,
    1e-9 * greatest(abs(stated.stated), 1) as tolerance
from stated
left join posted
    on stated.delivery_id = posted.delivery_id
    and stated.period_month = posted.period_month
    and stated.indicator = posted.indicator
    and stated.accounting_basis = posted.accounting_basis
    and stated.provider_scope = posted.provider_scope
    and stated.part = posted.part
union all by name
select
    'statement_total' as check_name,
    delivery_id,
    period_month,
    indicator as measure,
    unit,
    accounting_basis,
    'total' as provider_scope,
    'unsplit' as part,
    stated,
    parts as key_only,
    -- Each line is rounded on its own. OVHcloud prints two decimals; Scaleway one total over many leaves, and water in m3.
    case
        when delivery_provider = 'ovhcloud' then 0.02 * total_lines
        else greatest(0.002 * total_lines, 0.0005 * part_lines)
    end * case unit when 'L' then 1000 else 1 end as tolerance
from totals
