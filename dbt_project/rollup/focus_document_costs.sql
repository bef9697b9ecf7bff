-- connector: focus
-- What the accepted charges of a document add up to, straight from its rows: the grouped ones must add up to the same.
with charges as (
    select
        doc_key,
        billing_currency,
        charge_category,
        cast(list_cost as decimal(38, 12)) as list_cost,
        cast(effective_cost as decimal(38, 12)) as effective_cost,
        cast(contracted_cost as decimal(38, 12)) as contracted_cost,
        cast(billed_cost as decimal(38, 12)) as billed_cost
    from samples
)

select
    doc_key,
    billing_currency as currency,
    cast(sum(list_cost) as double) as list_cost,
    cast(sum(effective_cost) as double) as effective_cost,
    cast(sum(contracted_cost) as double) as contracted_cost,
    cast(sum(billed_cost) as double) as billed_cost,
    count(*) as all_rows,
    sum(case when charge_category = 'usage' then 1 else 0 end) as usage_rows
from charges
group by doc_key, billing_currency
