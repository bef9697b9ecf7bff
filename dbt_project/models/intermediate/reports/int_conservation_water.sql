-- Billed water, taken in and led to the sewer, per document, against what the ledger takes from it.
with bill_lines as (
    {% for measure in ['water', 'discharge'] %}
    select
        delivery_id,
        document_sha256,
        delivery_month,
        '{{ measure }}' as measure,
        fsum({{ measure }}_m3) as stated
    from {{ ref('stg_water_bill__lines') }}
    where {{ measure }}_m3 is not null
    group by delivery_id, document_sha256, delivery_month
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

left_out as (
    {% for measure in ['water', 'discharge'] %}
    select
        delivery_id,
        document_sha256,
        '{{ measure }}' as measure,
        fsum({{ measure }}_m3) as excluded
    from {{ ref('int_water_months') }}
    where excluded_code is not null and {{ measure }}_m3 is not null
    group by delivery_id, document_sha256
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

uses as (
    select
        documents.document_sha256,
        case emissions.indicator when 'gwp' then 'discharge' else 'water' end as measure,
        {% for boundary in ['ai', 'outside_ai', 'outside_it', 'unattributed'] %}
        coalesce(fsum(documents.quantity * shares.share) filter (where shares.boundary = '{{ boundary }}'), 0)
        as {{ boundary }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('bridge_emission_documents') }} as documents
    inner join {{ ref('fct_emissions') }} as emissions
        on documents.emission_id = emissions.emission_id
    inner join {{ ref('fct_allocation') }} as shares
        on emissions.claim_id = shares.claim_id
        and emissions.period_month = shares.period_month
    where
        emissions.estimate_id = 'water_bill'
        and (emissions.indicator = 'water_withdrawal' or emissions.ghg_category = '3.5')
    group by all
)

select
    'water' as check_name,
    bill_lines.delivery_id,
    bill_lines.document_sha256,
    bill_lines.delivery_month as period_month,
    bill_lines.measure,
    'm3' as unit,
    bill_lines.stated,
    coalesce(uses.ai, 0) as ai,
    coalesce(uses.outside_ai, 0) as outside_ai,
    coalesce(uses.outside_it, 0) as outside_it,
    coalesce(uses.unattributed, 0) as unattributed,
    coalesce(left_out.excluded, 0) as excluded,
    1e-9 * greatest(abs(bill_lines.stated), 1) as tolerance
from bill_lines
left join left_out
    on bill_lines.delivery_id = left_out.delivery_id
    and bill_lines.document_sha256 = left_out.document_sha256
    and bill_lines.measure = left_out.measure
left join uses
    on bill_lines.document_sha256 = uses.document_sha256
    and bill_lines.measure = uses.measure
