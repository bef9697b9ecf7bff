-- Billed kWh of heat, steam and cooling, per document, against what the ledger takes from it.
with cut as (
    select
        months.document_sha256,
        coalesce(fsum(months.kwh) filter (
            where months.excluded_code is not null or emissions.claim_id is null
        ), 0) as excluded
    from {{ ref('int_heat_months') }} as months
    left join (select distinct claim_id, period_month from {{ ref('int_emissions_heat') }}) as emissions
        on months.claim_id = emissions.claim_id
        and months.period_month = emissions.period_month
    group by months.document_sha256
),

lines as (
    select delivery_id, document_sha256, delivery_month, fsum(consumption_kwh) as stated
    from {{ ref('stg_heat_bill__lines') }}
    group by delivery_id, document_sha256, delivery_month
),

uses as (
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
    where emissions.part = 'heat_cooling' and emissions.estimate_id = 'utility_bill'
    group by documents.document_sha256
)

select
    'heat_bill' as check_name,
    lines.delivery_id,
    lines.document_sha256,
    lines.delivery_month as period_month,
    'heat and cooling' as measure,
    'kWh' as unit,
    lines.stated,
    coalesce(uses.ai, 0) as ai,
    coalesce(uses.outside_ai, 0) as outside_ai,
    coalesce(uses.outside_it, 0) as outside_it,
    coalesce(uses.unattributed, 0) as unattributed,
    coalesce(cut.excluded, 0) as excluded,
    1e-9 * greatest(abs(lines.stated), 1) as tolerance
from lines
left join cut
    on lines.document_sha256 = cut.document_sha256
left join uses
    on lines.document_sha256 = uses.document_sha256
