-- Every invoice line: used by spend, or excluded with a code and its evidence. Net amounts alone; the year's mean rate
-- brings the currency to dollars, the price index brings dollars to the price year of the factor.
with priced as (
    select
        lines.*,
        categories.ghg_category,
        categories.spend_category,
        categories.excluded_code as category_code,
        covers.covered_by,
        covers.evidence as cover_evidence,
        factors.factor_id,
        factors.price_year,
        factors.value as factor_per_usd,
        factors.gwp_set,
        factors.valid_from as factor_valid_from,
        rates.eur_per_unit / dollars.eur_per_unit as usd_per_unit,
        prices.deflator,
        prices.year as price_index_year
    from {{ ref('int_purchase_lines') }} as lines
    left join {{ ref('int_purchase_covers') }} as covers
        on lines.claim_id = covers.claim_id
    left join {{ ref('purchase_categories') }} as categories
        on lines.category = categories.category
    left join {{ ref('spend_factors') }} as factors
        on categories.spend_category = factors.category
        and factors.margins = 'with'
    left join {{ ref('currency_rates') }} as rates
        on lines.currency = rates.currency
        and year(lines.period_month) = rates.year
    left join {{ ref('currency_rates') }} as dollars
        on dollars.currency = 'USD'
        and year(lines.period_month) = dollars.year
    left join {{ ref('price_index') }} as prices
        on prices.year = least(year(lines.period_month), (select max(newest.year) from {{ ref('price_index') }} as newest))
)

select
    * exclude (category_code, cover_evidence, covered_by),
    case
        when occurrence > 1 then 'duplicate'
        when period_month not in (select months.period_month from {{ ref('int_months') }} as months) then 'other_period'
        when category_code is not null then category_code
        when covered_by is not null then 'covered_by'
        when factor_id is null or usd_per_unit is null or deflator is null then 'no_factor'
    end as excluded_code,
    case
        when occurrence > 1 then 'invoice ' || invoice_number || ', line ' || invoice_line || ' came in before'
        when period_month not in (select months.period_month from {{ ref('int_months') }} as months)
            then 'invoice of ' || invoice_date
        when category_code is not null then 'category ' || category
        when covered_by is not null then cover_evidence
        when category is null then 'no category: map it in options.categories or in suppliers.csv'
        when factor_id is null then 'no spend factor for ' || category || ': name what covers it in suppliers.csv'
        when usd_per_unit is null then 'no exchange rate for ' || currency || ' in ' || year(period_month)
        when deflator is null then 'no price index for ' || year(period_month)
    end as excluded_evidence,
    case
        when
            occurrence = 1 and category_code is null
            and period_month in (select months.period_month from {{ ref('int_months') }} as months)
            then covered_by
    end as covered_by,
    usd_per_unit * deflator * factor_per_usd as factor_value,
    -- Lines that the rules cannot tell apart are one thing.
    concat_ws(
        '|', 'purchase', source_id, lower(trim(supplier)), coalesce(category, '-'), coalesce(cost_center, '-'), coalesce(project, '-')
    ) as thing_id
from priced
