-- Leaked refrigerant by substance: scope 1 fugitive, gases apart; substances outside the Kyoto basket are a memo.
with leaked as (
    select
        claim_id,
        site_id,
        equipment_id,
        refrigerant_key,
        period_month,
        max(source_id) as source_id,
        max(delivery_id) as delivery_id,
        case when count(distinct document_sha256) = 1 then min(document_sha256) end as document_sha256,
        case when count(*) = 1 then min(document_row) end as document_row,
        max(retrieved_at) as retrieved_at,
        fsum(kg) as kg
    from {{ ref('int_refrigerant_moves') }}
    where used_as = 'leak' and excluded_code is null
    group by claim_id, site_id, equipment_id, refrigerant_key, period_month
)

select
    leaked.claim_id,
    'refrigerant_log' as estimate_id,
    concat_ws('|', leaked.claim_id, leaked.refrigerant_key, substances.substance) as activity_id,
    leaked.period_month,
    'refrigerant' as part,
    ['refrigerant'] as covers,
    'gwp' as indicator,
    'both' as accounting_basis,
    'flow' as recognition,
    potentials.gas,
    'use' as lca_stage,
    leaked.source_id,
    leaked.delivery_id,
    leaked.document_sha256,
    leaked.document_row,
    leaked.retrieved_at,
    'refrigerant_leak' as activity_type,
    leaked.kg * substances.mass_fraction as quantity,
    'kg' as unit,
    leaked.site_id,
    leaked.equipment_id as resource_id,
    case when potentials.gas != 'non_kyoto' then 1 end as scope,
    case when potentials.gas = 'non_kyoto' then 'memo.non_kyoto' else '1.fugitive' end as ghg_category,
    'computed' as basis_origin,
    potentials.gwp_set,
    leaked.kg * substances.mass_fraction * potentials.value as amount,
    potentials.factor_id,
    potentials.value as factor_value,
    potentials.unit as factor_unit,
    potentials.uncertainty_profile
from leaked
inner join {{ ref('int_refrigerant_substances') }} as substances
    on leaked.refrigerant_key = substances.refrigerant_key
inner join {{ ref('int_refrigerant_choice') }} as potentials
    on substances.substance = potentials.substance
    and leaked.period_month = potentials.period_month
