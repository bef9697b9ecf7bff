-- A claim and month is cut once, wholly.
select claim_id, period_month, fsum(share) as share
from {{ ref('fct_allocation') }}
group by claim_id, period_month
having abs(fsum(share) - 1) > 1e-12
