-- Own staff's devices on a site whose bill already holds them: kWh taken from what the bill holds outside IT, never
-- more than there is. They post nothing; they are a slice of the bill.
select
    usage.period_month,
    usage.site_id,
    usage.project_id,
    usage.evidence,
    usage.document_sha256,
    usage.quantity * usage.kwh_per_request
    * least(
        1,
        balance.outside_it_kwh / fsum(usage.quantity * usage.kwh_per_request) over (
            partition by usage.site_id, usage.period_month
        )
    ) as kwh
from {{ ref('int_usage') }} as usage
inner join {{ ref('int_site_balance') }} as balance
    on usage.site_id = balance.site_id
    and usage.period_month = balance.period_month
where usage.who = 'own_staff_on_site' and usage.what = 'device' and balance.outside_it_kwh > 0
