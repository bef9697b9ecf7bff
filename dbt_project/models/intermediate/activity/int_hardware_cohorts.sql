-- Steps 1 and 2 together: what a datacenter's devices of a class take of their making, transport and end of life in a
-- month. Devices that age alike in the same place are summed first, so that the work grows with cohorts × months, not
-- with devices × months.
with vintages as (
    select
        stays.site_id,
        stays.device_class,
        stays.cost_center,
        stays.life_from,
        stays.lifetime_months,
        stays.stay_from,
        stays.stay_until,
        stages.source_id,
        stages.delivery_id,
        stages.document_sha256,
        max(stages.retrieved_at) as retrieved_at,
        stages.lca_source,
        stages.has_stages,
        stages.ownership,
        stages.lca_stage,
        stages.indicator,
        stages.unit,
        count(*) as register_lines,
        cast(sum(stages.quantity) as double) as quantity,
        fsum(stages.quantity * stages.amount_per_piece) as whole_amount
    from {{ ref('int_asset_stays') }} as stays
    inner join {{ ref('int_asset_stages') }} as stages
        on stays.asset_id = stages.asset_id
    group by all
)

select
    'hardware|' || vintages.site_id || '|' || vintages.device_class as claim_id,
    concat_ws(
        '|', claim_id,
        case when vintages.has_stages then 'asset_months_staged' else 'asset_months' end
        || case when vintages.ownership = 'operating_lease' then '_leased' else '' end, vintages.lca_source
    ) as activity_id,
    vintages.site_id,
    vintages.device_class,
    vintages.cost_center,
    months.period_month,
    vintages.source_id,
    vintages.delivery_id,
    vintages.document_sha256,
    max(vintages.retrieved_at) as retrieved_at,
    vintages.lca_source,
    vintages.has_stages,
    vintages.ownership,
    vintages.lca_stage,
    vintages.indicator,
    vintages.unit,
    sum(vintages.register_lines) as register_lines,
    sum(vintages.quantity) as quantity,
    fsum({{ month_of_life(
        'vintages.whole_amount', "date_diff('month', vintages.life_from, months.period_month)", 'vintages.lifetime_months'
    ) }}) as amount
from vintages
inner join {{ ref('int_months') }} as months
    on months.period_month >= vintages.stay_from
    and months.period_month < vintages.stay_until
group by all
