-- Billed water, heat, steam and cooling that the ledger does not take, one row per document and code.
with water as (
    {% for measure in ['water', 'discharge'] %}
    select
        'water' as check_name, document_sha256, '{{ measure }}' as measure, 'm3' as unit, excluded_code as code,
        string_agg(distinct meter_id, ', ' order by meter_id) as evidence, count(*) as rows, fsum({{ measure }}_m3) as quantity
    from {{ ref('int_water_months') }}
    where excluded_code is not null and {{ measure }}_m3 is not null
    group by document_sha256, excluded_code
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

heat as (
    select
        'heat_bill' as check_name,
        months.document_sha256,
        'heat and cooling' as measure,
        'kWh' as unit,
        coalesce(months.excluded_code, 'no_factor') as code,
        string_agg(distinct months.meter_id, ', ' order by months.meter_id) as evidence,
        count(*) as rows,
        fsum(months.kwh) as quantity
    from {{ ref('int_heat_months') }} as months
    left join (select distinct claim_id, period_month from {{ ref('int_emissions_heat') }}) as emissions
        on months.claim_id = emissions.claim_id
        and months.period_month = emissions.period_month
    where months.excluded_code is not null or emissions.claim_id is null
    group by months.document_sha256, coalesce(months.excluded_code, 'no_factor')
)

select * from water
union all by name
select * from heat
