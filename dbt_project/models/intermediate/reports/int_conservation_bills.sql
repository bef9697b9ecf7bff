-- Billed kWh, per document, against what the ledger takes from it.
with billed as (
    select
        delivery_id,
        document_sha256,
        fsum(kwh) as cut,
        coalesce(fsum(kwh) filter (where excluded_code is not null), 0) as excluded
    from {{ ref('int_meter_months') }}
    group by delivery_id, document_sha256
),

bill_lines as (
    select
        delivery_id,
        document_sha256,
        delivery_month,
        fsum(consumption_kwh) as stated
    from {{ ref('stg_electricity_bill__lines') }}
    group by delivery_id, document_sha256, delivery_month
),

bill_uses as (
    select
        documents.document_sha256,
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
        emissions.estimate_id = 'utility_bill'
        and emissions.part = 'electricity'
        and emissions.accounting_basis = 'location'
        and emissions.indicator = 'gwp'
    group by documents.document_sha256
)

select
    'bill' as check_name,
    bill_lines.delivery_id,
    bill_lines.document_sha256,
    bill_lines.delivery_month as period_month,
    'electricity' as measure,
    'kWh' as unit,
    bill_lines.stated,
    coalesce(bill_uses.ai, 0) as ai,
    coalesce(bill_uses.outside_ai, 0) as outside_ai,
    coalesce(bill_uses.outside_it, 0) as outside_it,
    coalesce(bill_uses.unattributed, 0) as unattributed,
    coalesce(billed.excluded, 0) as excluded,
    1e-9 * greatest(abs(bill_lines.stated), 1) as tolerance
from bill_lines
left join billed
    on bill_lines.delivery_id = billed.delivery_id
    and bill_lines.document_sha256 = billed.document_sha256
left join bill_uses
    on bill_lines.document_sha256 = bill_uses.document_sha256
