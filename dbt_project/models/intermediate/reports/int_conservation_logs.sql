-- Fuel and refrigerant of each log document against what the ledger takes from it. A refrigerant's lines are summed as
-- they make the leak: filled +, recovered −, a machine's first count + and its last −.
with fuel_stated as (
    select delivery_id, document_sha256, delivery_month, unit, fsum(quantity) as stated
    from {{ ref('stg_fuel_log__lines') }}
    group by all
),

fuel_excluded as (
    select document_sha256, unit, fsum(quantity) as excluded
    from {{ ref('int_fuel_months') }}
    where excluded_code is not null
    group by all
),

counted as (
    select
        *,
        event = 'counted' and not is_repeat as is_count,
        min(event_date) filter (where event = 'counted' and not is_repeat) over machine as first_count,
        max(event_date) filter (where event = 'counted' and not is_repeat) over machine as last_count
    from {{ ref('stg_refrigerant_log__lines') }}
    window machine as (partition by site_id, equipment_id, {{ refrigerant_key('refrigerant') }})
),

refrigerant_stated as (
    select
        delivery_id,
        document_sha256,
        delivery_month,
        fsum(quantity_kg * case
            when event = 'recovered' then -1
            when event != 'counted' then 1
            when not is_count or first_count = last_count then 0
            when event_date = first_count then 1
            when event_date = last_count then -1
            else 0
        end) as stated
    from counted
    group by all
),

refrigerant_excluded as (
    select
        document_sha256,
        coalesce(fsum(kg) filter (where excluded_code is not null), 0) as excluded,
        coalesce(fsum(kg) filter (where excluded_code is null and used_as = 'stock'), 0) as key_only
    from {{ ref('int_refrigerant_moves') }}
    group by document_sha256
),

-- One gas of the part that burns, and each substance once: gases repeat a quantity, they never add to it.
posted as (
    select emission_id, claim_id, period_month, estimate_id, unit
    from {{ ref('fct_emissions') }}
    where estimate_id in ('fuel_log', 'refrigerant_log') and part in ('fuel', 'refrigerant') and indicator = 'gwp'
    qualify row_number() over (partition by activity_id, period_month order by gas) = 1
),

used as (
    select
        posted.estimate_id,
        documents.document_sha256,
        posted.unit,
        {% for boundary in ['ai', 'outside_ai', 'outside_it', 'unattributed'] %}
        coalesce(fsum(documents.quantity * shares.share) filter (where shares.boundary = '{{ boundary }}'), 0)
        as {{ boundary }}{{ ',' if not loop.last }}
        {% endfor %}
    from posted
    inner join {{ ref('bridge_emission_documents') }} as documents
        on posted.emission_id = documents.emission_id
    inner join {{ ref('fct_allocation') }} as shares
        on posted.claim_id = shares.claim_id
        and posted.period_month = shares.period_month
    group by all
),

stated as (
    select
        'fuel' as check_name, 'fuel_log' as estimate_id, fuel_stated.*, fuel_excluded.excluded, 0.0 as key_only
    from fuel_stated
    left join fuel_excluded
        on fuel_stated.document_sha256 = fuel_excluded.document_sha256
        and fuel_stated.unit = fuel_excluded.unit
    union all by name
    select
        'refrigerant' as check_name, 'refrigerant_log' as estimate_id, refrigerant_stated.*, 'kg' as unit,
        refrigerant_excluded.excluded, refrigerant_excluded.key_only
    from refrigerant_stated
    left join refrigerant_excluded
        on refrigerant_stated.document_sha256 = refrigerant_excluded.document_sha256
)

select
    stated.check_name,
    stated.delivery_id,
    stated.document_sha256,
    stated.delivery_month as period_month,
    stated.check_name as measure,
    stated.unit,
    stated.stated,
    coalesce(used.ai, 0) as ai,
    coalesce(used.outside_ai, 0) as outside_ai,
    coalesce(used.outside_it, 0) as outside_it,
    coalesce(used.unattributed, 0) as unattributed,
    coalesce(stated.key_only, 0) as key_only,
    coalesce(stated.excluded, 0) as excluded,
    1e-9 * greatest(abs(stated.stated), 1) as tolerance
from stated
left join used
    on stated.estimate_id = used.estimate_id
    and stated.document_sha256 = used.document_sha256
    and stated.unit = used.unit
