-- The warming potential of a substance and month: the organization's own, else that of the report its policy names,
-- else the newest report that has one (the row says which).
with candidates as (
    select
        months.period_month,
        factors.*,
        row_number() over (
            partition by months.period_month, factors.substance
            order by
                factors.publisher != 'Organization' asc,
                factors.gwp_set != organization.gwp_set asc,
                factors.gwp_set desc,
                factors.valid_from desc,
                factors.factor_id asc
        ) as choice_order,
        factors.publisher = 'IPCC' and factors.gwp_set != organization.gwp_set as is_stand_in
    from {{ ref('int_months') }} as months
    cross join {{ ref('int_refrigerant_factors') }} as factors
    cross join {{ ref('stg_config__organization') }} as organization
    where
        coalesce(factors.valid_from, months.period_month) <= months.period_month
        and coalesce(factors.valid_to, months.period_month) >= months.period_month
)

select * exclude (choice_order)
from candidates
where choice_order = 1
