-- Which estimates, parts and bases a claim and month has, as a signature. Few signatures serve all claims, so who
-- wins is solved once per signature.
select
    claim_id,
    period_month,
    md5(string_agg(kind, ';' order by kind)) as signature
from (
    select distinct
        claim_id,
        period_month,
        concat_ws('/', estimate_id, part, array_to_string(covers, '+'), indicator, accounting_basis, recognition) as kind
    from {{ ref('int_emissions') }}
) as kinds
group by claim_id, period_month
