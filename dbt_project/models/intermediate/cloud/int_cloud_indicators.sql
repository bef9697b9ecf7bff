-- What billed usage means beside carbon: kWh × PUE × the grid's impacts, kWh × the water of the place's cooling, and the
-- making of hardware by its carbon × what goes with a kilogram of it. `steps` multiply to the factor. An indicator that
-- the provider's statement gives itself is left to the statement. Usage known by spend alone has no impacts.
with stated as (
    select distinct claim_id, period_month, indicator
    from {{ ref('int_statement_lines') }}
    where is_current and not is_total
),

usage as (
    select
        footprints.*,
        claims.provider,
        claims.account,
        claims.region,
        claims.service,
        {'factor_id': footprints.hardware_id, 'value': footprints.kwh_per_unit, 'unit': 'kWh/' || footprints.unit}
        as energy_step
    from {{ ref('int_cloud_footprints') }} as footprints
    inner join {{ ref('int_cloud_claims') }} as claims
        on footprints.claim_id = claims.claim_id
        and footprints.period_month = claims.period_month
        and claims.treatment != 'covered_by'
    where footprints.quantity > 0 and footprints.accounting_basis in ('location', 'both')
),

grid as (
    select
        usage.*,
        factors.indicator,
        ['electricity', 'energy_upstream', 'grid_losses'] as covers,
        [
            usage.energy_step,
            {'factor_id': 'pue.' || usage.provider || '.' || usage.pue, 'value': usage.pue, 'unit': 'kWh/kWh'},
            {'factor_id': factors.factor_id, 'value': factors.value, 'unit': factors.unit}
        ] as steps,
        cast(year(factors.valid_from) as varchar) as factor_vintage,
        'cloud.' || factors.spread || ':' || factors.geography as profile
    from usage
    inner join {{ ref('int_indicator_choice') }} as factors
        on usage.grid_zone = factors.grid_zone
        and usage.period_month = factors.period_month
    where usage.part = 'electricity'
),

cooling as (
    select
        * replace ('heat_cooling' as part),
        'water_withdrawal' as indicator,
        ['heat_cooling'] as covers,
        [
            energy_step,
            {'factor_id': 'wue.' || provider || '.' || wue_l_per_kwh, 'value': wue_l_per_kwh, 'unit': 'L/kWh'}
        ] as steps,
        'cloud.wue' as profile
    from usage
    where part = 'electricity' and wue_l_per_kwh is not null
),

making as (
    select
        usage.*,
        ratios.indicator,
        ['hardware'] as covers,
        [
            {'factor_id': usage.factor_id, 'value': usage.factor_value, 'unit': usage.factor_unit},
            {'factor_id': 'embodied.' || ratios.machine || '.' || ratios.indicator, 'value': ratios.value, 'unit': ratios.unit}
        ] as steps,
        'cloudhardware.impact' as profile
    from usage
    inner join {{ ref('embodied_ratios') }} as ratios
        on usage.machine = ratios.machine
    where usage.part = 'hardware'
),

rows as (
    select * from grid
    union all by name
    select * from cooling
    union all by name
    select * from making
)

select
    rows.claim_id,
    rows.period_month,
    rows.hardware_id,
    rows.grid_zone,
    rows.indicator,
    rows.part,
    rows.covers,
    rows.source_id,
    rows.delivery_id,
    rows.document_sha256,
    rows.document_row,
    rows.retrieved_at,
    rows.quantity,
    rows.unit,
    rows.account,
    rows.region,
    rows.provider,
    rows.service,
    rows.steps,
    rows.steps[-1].factor_id as factor_id,
    list_aggregate(list_transform(rows.steps, lambda step: struct_extract(step, 'value')), 'product') as factor_value,
    split_part(rows.steps[-1].unit, '/', 1) || '/' || rows.unit as factor_unit,
    rows.factor_vintage,
    array_to_string(list_transform(rows.steps, lambda step: struct_extract(step, 'factor_id')), '|') as chain_key,
    rows.profile as uncertainty_profile
from rows
left join stated
    on rows.claim_id = stated.claim_id
    and rows.period_month = stated.period_month
    and rows.indicator = stated.indicator
where stated.claim_id is null
