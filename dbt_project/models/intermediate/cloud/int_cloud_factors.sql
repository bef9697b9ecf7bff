-- Factors of billed cloud usage as the ledger names them: kWh and making of hardware per billed unit, PUE and water of
-- places, spend, and the ratios that stand in for a missing statement.
with places as (
    select
        'pue.' || provider || '.' || pue as factor_id,
        'PUE of ' || provider || ' in ' || string_agg(distinct region, ', ' order by region) as name,
        date '2020-01-01' as valid_from,
        pue as value,
        'kWh/kWh' as unit,
        'direct' as factor_boundary,
        'energy' as indicator,
        'exact' as uncertainty_profile,
        min(pue_source) as source,
        'publisher''s terms; figures alone' as licence
    from {{ ref('cloud_regions') }}
    group by provider, pue
),

water as (
    select
        'wue.' || provider || '.' || wue_l_per_kwh as factor_id,
        'Water of cooling, ' || provider || ' in ' || string_agg(distinct region, ', ' order by region) as name,
        date '2020-01-01' as valid_from,
        wue_l_per_kwh as value,
        'L/kWh' as unit,
        'direct' as factor_boundary,
        'water_withdrawal' as indicator,
        'cloud.wue' as uncertainty_profile,
        min(pue_source) as source,
        'publisher''s terms; figures alone' as licence
    from {{ ref('cloud_regions') }}
    where wue_l_per_kwh is not null
    group by provider, wue_l_per_kwh
),

making as (
    select
        'embodied.' || machine || '.' || indicator as factor_id,
        'Making of ' || machine || ' servers: ' || indicator || ' beside a kilogram CO2e' as name,
        date '2020-01-01' as valid_from,
        value,
        unit,
        'upstream' as factor_boundary,
        indicator,
        'cloudhardware.impact' as uncertainty_profile,
        source,
        licence
    from {{ ref('embodied_ratios') }}
),

spend as (
    select
        factor_id, name, valid_from, value, 'kg CO2e/USD ' || price_year as unit, factor_boundary, 'gwp' as indicator,
        'cloudspend' as uncertainty_profile, source, licence, note
    from {{ ref('spend_factors') }}
),

ratios as (
    select
        {{ ratio_id('estimate_id') }} as factor_id,
        claim_id || ': ' || estimate_id || ', statement over harmonised, ' || accounting_basis as name,
        first_month as valid_from,
        ratio as value,
        'kg CO2e/kg CO2e' as unit,
        'lifecycle' as factor_boundary,
        'gwp' as indicator,
        'exact' as uncertainty_profile,
        'The claim''s own statements and bills, ' || months || ' months to ' || last_month as source,
        'not applicable' as licence
    from (
        select *, 'footing.trailing' as estimate_id from {{ ref('int_cloud_ratios') }}
        union all by name
        select
            claim_id, period_month, accounting_basis, ratio, months, first_month, last_month,
            'footing.backcast' as estimate_id
        from {{ ref('int_cloud_backcasts') }}
    ) as bridges
)

{% for family in [ref('int_cloud_hardware_factors'), 'places', 'water', 'making', 'spend', 'ratios'] %}
select
    *,
    'Footing' as publisher,
    'any' as geography,
    'co2e' as gases,
    'unknown' as gwp_set,
    'both' as accounting_basis
from {{ family }}
{% if not loop.last %}union all by name{% endif %}
{% endfor %}
