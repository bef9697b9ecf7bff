-- What a provider's newer delivery changed: the figures of each superseded delivery beside the current ones, both as
-- the newest model of their delivery states them.
with lines as (
    select
        lines.*,
        lines.provider || '.statement' as estimate_id,
        lines.claim_id || '|' || lines.measure as activity_id,
        'flow' as recognition,
        'unsplit' as gas,
        'unsplit' as lca_stage,
        cast(null as varchar) as instrument_id,
        'original' as entry
    from {{ ref('int_statement_lines') }} as lines
    where not lines.is_total and lines.is_in_window and lines.is_newest_model and lines.indicator = 'gwp'
),

figures as (
    select
        {{ emission_id() }} as emission_id,
        source_id,
        request,
        period_month,
        accounting_basis,
        is_current_delivery,
        seq,
        max(model_version) as model_version,
        fsum(amount) as amount
    from lines
    group by all
),

superseded as (
    select distinct source_id, request, period_month, seq
    from figures
    where not is_current_delivery
),

compared as (
    select
        superseded.source_id,
        superseded.request,
        superseded.period_month,
        superseded.seq,
        ids.emission_id,
        ids.accounting_basis,
        old.amount as old_amount,
        new.amount as new_amount,
        old.model_version as old_version,
        new.model_version as new_version
    from superseded
    inner join (select distinct emission_id, source_id, request, period_month, accounting_basis from figures) as ids
        on superseded.source_id = ids.source_id
        and superseded.request = ids.request
        and superseded.period_month = ids.period_month
    left join figures as old
        on ids.emission_id = old.emission_id
        and superseded.seq = old.seq
        and not old.is_current_delivery
    left join figures as new
        on ids.emission_id = new.emission_id
        and new.is_current_delivery
)

select
    *,
    case
        when old_version != new_version then 'provider_model_version'
        else 'provider_restatement'
    end as cause,
    coalesce(new_amount, 0) - coalesce(old_amount, 0) as difference
from compared
where old_amount is distinct from new_amount
