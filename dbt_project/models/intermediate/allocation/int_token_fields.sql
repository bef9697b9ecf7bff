-- What the rules can look at of token usage: the project, workspace or team it was called for, model, provider, account, and
-- the labels of requests. A hosted model is AI by nature; which project called it is for the rules to say.
with things as (
    select
        thing_id,
        min(source_id) as source_id,
        any_value(project) as project,
        any_value(model) as model,
        any_value(provider) as provider,
        any_value(account) as account,
        any_value(service) as service,
        any_value(tags) as tags
    from {{ ref('int_token_lines') }}
    group by thing_id
),

tags as (
    select things.source_id, things.thing_id, tag.value
    from things
    cross join unnest(from_json(things.tags, '["VARCHAR"]')) as tag(value)
    where things.tags is not null
)

{% for field, value in [
    ('token_project', 'project'), ('token_model', 'model'), ('token_provider', 'provider'), ('token_account', 'account'),
    ('token_service', 'service'), ('service_boundary', "'ai'"),
    ('service_evidence', "'token usage: a hosted model is AI by nature'"),
] %}
select source_id, thing_id, '{{ field }}' as field, {{ value }} as value from things where {{ value }} is not null
union all
{% endfor %}
select source_id, thing_id, 'token_tag' as field, value from tags
union all
select source_id, thing_id, 'explicit_phase' as field, lower(split_part(value, ':', 2)) as value from tags
where starts_with(lower(value), 'lifecycle_phase:')
