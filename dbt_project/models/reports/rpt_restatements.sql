-- What providers' newer deliveries changed, one row per ledger row. Read one accounting basis (and `both`) at a time.
select
    period_month,
    cast(seq as integer) as revision,
    emission_id,
    'emission' as level,
    accounting_basis,
    cause,
    old_amount,
    new_amount,
    difference,
    'published' as status,
    'a newer delivery of ' || source_id || ' (' || request || ') supersedes delivery ' || seq
    || case
        when coalesce(old_version, '') != coalesce(new_version, '')
            then ', model ' || coalesce(old_version, '(new line)') || ' → ' || coalesce(new_version, '(line gone)')
        else ''
    end as reason,
    cast(null as varchar) as approved_by,
    cast(null as timestamp) as approved_at
from {{ ref('int_restatements') }}
