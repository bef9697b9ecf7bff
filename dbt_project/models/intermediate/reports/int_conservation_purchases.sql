-- Net amounts of invoices, per document and currency, against what the ledger posts or leaves out; kilograms of
-- vendors' statements, before they are cut into months.
with invoiced as (
    select
        delivery_id,
        document_sha256,
        delivery_month,
        currency,
        fsum(amount_ex_vat) as stated
    from {{ ref('stg_invoices__lines') }}
    group by delivery_id, document_sha256, delivery_month, currency
),

left_out as (
    select
        delivery_id,
        document_sha256,
        currency,
        fsum(amount_ex_vat) as excluded
    from {{ ref('int_purchases') }}
    where excluded_code is not null
    group by delivery_id, document_sha256, currency
),

stated as (
    select delivery_id, document_sha256, delivery_month, fsum(emissions_kg_co2e) as stated
    from (
        select distinct delivery_id, document_sha256, delivery_month, document_row, emissions_kg_co2e
        from {{ ref('stg_vendor_statement__periods') }}
        where is_current_delivery
    ) as rows
    group by delivery_id, document_sha256, delivery_month
),

outside as (
    select delivery_id, document_sha256, fsum(amount) as excluded
    from {{ ref('stg_vendor_statement__periods') }}
    where
        is_current_delivery
        and period_month not in (select months.period_month from {{ ref('int_months') }} as months)
    group by delivery_id, document_sha256
),

posted as (
    select
        emissions.delivery_id,
        documents.document_sha256,
        case emissions.activity_type when 'spend' then emissions.unit end as currency,
        {% for boundary in ['ai', 'outside_ai', 'outside_it', 'unattributed'] %}
        coalesce(fsum(documents.quantity * shares.share) filter (where shares.boundary = '{{ boundary }}'), 0)
        as {{ boundary }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('fct_emissions') }} as emissions
    inner join {{ ref('bridge_emission_documents') }} as documents
        on emissions.emission_id = documents.emission_id
    inner join {{ ref('fct_allocation') }} as shares
        on emissions.claim_id = shares.claim_id
        and emissions.period_month = shares.period_month
    where emissions.activity_type in ('spend', 'provider_statement') and emissions.basis_origin != 'substituted'
    group by emissions.delivery_id, documents.document_sha256, currency
)

select
    'invoice' as check_name,
    invoiced.delivery_id,
    invoiced.document_sha256,
    invoiced.delivery_month as period_month,
    'amount ex VAT' as measure,
    invoiced.currency as unit,
    invoiced.stated,
    posted.* exclude (delivery_id, document_sha256, currency),
    left_out.excluded,
    1e-9 * greatest(abs(invoiced.stated), 1) as tolerance
from invoiced
left join posted
    on invoiced.delivery_id = posted.delivery_id
    and invoiced.document_sha256 = posted.document_sha256
    and invoiced.currency = posted.currency
left join left_out
    on invoiced.delivery_id = left_out.delivery_id
    and invoiced.document_sha256 = left_out.document_sha256
    and invoiced.currency = left_out.currency
union all by name
select
    'vendor_statement' as check_name,
    stated.delivery_id,
    stated.document_sha256,
    stated.delivery_month as period_month,
    'gwp' as measure,
    'kg CO2e' as unit,
    stated.stated,
    posted.* exclude (delivery_id, document_sha256, currency),
    outside.excluded,
    1e-9 * greatest(stated.stated, 1) as tolerance
from stated
left join posted
    on stated.delivery_id = posted.delivery_id
    and stated.document_sha256 = posted.document_sha256
    and posted.currency is null
left join outside
    on stated.delivery_id = outside.delivery_id
    and stated.document_sha256 = outside.document_sha256
union all by name
select * from {{ ref('int_conservation_volumes') }}
