-- What the rules can look at of runs: the project that the tracker was given, tags, names.
with files as (
    select distinct
        source_id,
        concat_ws('|', 'run', source_id, run_key) as thing_id,
        project_name,
        experiment_id as experiment,
        node
    from {{ ref('stg_codecarbon__runs') }}
    where is_newest
),

logged as (
    select
        source_id,
        concat_ws('|', 'run', source_id, request, run_id) as thing_id,
        project_tag as label_project,
        experiment_name as experiment,
        run_name,
        source_name as script,
        lower(lifecycle_phase) as explicit_phase,
        tags
    from {{ ref('stg_mlflow__runs') }}
    where is_newest
)

{% for field in ['project_name', 'experiment', 'node'] %}
select source_id, thing_id, '{{ field }}' as field, {{ field }} as value from files where {{ field }} is not null
union
{% endfor %}
{% for field in ['label_project', 'experiment', 'run_name', 'script', 'explicit_phase'] %}
select source_id, thing_id, '{{ field }}' as field, {{ field }} as value from logged where {{ field }} is not null
union
{% endfor %}
select
    logged.source_id,
    logged.thing_id,
    'label_' || lower(tag.key) as field,
    json_extract_string(logged.tags, '$."' || tag.key || '"') as value
from logged
cross join unnest(json_keys(logged.tags)) as tag(key)
where logged.tags is not null
