-- What a provider's newer delivery changed: the figures of each superseded delivery beside the current ones.
with lines as (
    select
        lines.*,
        lines.provider || '.statement' as estimate_id,
        lines.claim_id || '|' || lines.measure as activity_id,
        'gwp' as indicator,
        'flow' as recognition,
        'unsplit' as gas,
        'unsplit' as lca_stage,
        cast(null as varchar) as instrument_id,
        'original' as entry
    from {{ ref('int_statement_lines') }} as lines
    where not lines.is_total and lines.is_in_window
),

figures as (
    select
        {{ emission_id() }} as emission_id,
        source_id,
        request,
        period_month,
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
        old.amount as old_amount,
        new.amount as new_amount,
        old.model_version as old_version,
        new.model_version as new_version
    from superseded
    inner join (select distinct emission_id, source_id, request, period_month from figures) as ids
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
    period_month,
    cast(seq as integer) as revision,
    emission_id,
    'emission' as level,
    case
        when old_version != new_version then 'provider_model_version'
        else 'provider_restatement'
    end as cause,
    old_amount,
    new_amount,
    coalesce(new_amount, 0) - coalesce(old_amount, 0) as difference,
    'published' as status,
    'a newer delivery of ' || source_id || ' (' || request || ') supersedes delivery ' || seq
    || case
        when coalesce(old_version, '') != coalesce(new_version, '')
            then ', model ' || coalesce(old_version, '(new line)') || ' → ' || coalesce(new_version, '(line gone)')
        else ''
    end as reason,
    cast(null as varchar) as approved_by,
    cast(null as timestamp) as approved_at
from compared
where old_amount is distinct from new_amount
