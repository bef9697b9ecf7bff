-- Litres of water that a statement gives beside its carbon never stand in the ledger as kg CO2e.
select
    emissions.emission_id,
    lines.indicator
from {{ ref('fct_emissions') }} as emissions
inner join {{ ref('int_statement_lines') }} as lines
    on emissions.activity_id = lines.claim_id || '|' || lines.measure
    and emissions.period_month = lines.period_month
where emissions.indicator = 'gwp' and lines.indicator <> 'gwp'
