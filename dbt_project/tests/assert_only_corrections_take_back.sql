-- A negative amount is a credit note and marked as a correction; a covered or duplicate line is never posted.
select emissions.emission_id
from {{ ref('fct_emissions') }} as emissions
left join {{ ref('rpt_exclusions') }} as exclusions
    on emissions.delivery_id = exclusions.delivery_id
    and emissions.document_sha256 = exclusions.document_sha256
    and emissions.document_row = exclusions.document_row
    and exclusions.check_name = 'invoice'
where
    emissions.activity_type = 'spend'
    and (exclusions.code is not null or (emissions.amount < 0) != (emissions.entry = 'correction'))
