-- Which project, boundary, phase and activity the organization's rules give each thing. Rules are read in their
-- order; each attribute comes from the first matching rule that names it, and that rule is the evidence.
with things as (
    select distinct source_id, thing_id from {{ ref('int_thing_fields') }}
),

matches as (
    select
        fields.thing_id,
        rules.*,
        'rule ' || rules.priority || ': ' || rules.field || ' = ' || fields.value as evidence
    from {{ ref('int_thing_fields') }} as fields
    inner join {{ ref('stg_config__allocation_rules') }} as rules
        on rules.field = fields.field
        and rules.source_id in (fields.source_id, '*')
        and regexp_full_match(fields.value, rules.pattern)
),

attributes as (
    select
        thing_id,
        arg_min(project_id, priority) filter (where project_id is not null) as project_id,
        arg_min(evidence, priority) filter (where project_id is not null) as project_evidence,
        arg_min(boundary, priority) filter (where boundary is not null) as boundary,
        arg_min(evidence, priority) filter (where boundary is not null) as boundary_evidence,
        arg_min(lifecycle_phase, priority) filter (where lifecycle_phase is not null) as rule_phase,
        arg_min(evidence, priority) filter (where lifecycle_phase is not null) as rule_phase_evidence,
        arg_min(lifecycle_activity, priority) filter (where lifecycle_activity is not null) as lifecycle_activity
    from matches
    group by thing_id
),

-- What the taxonomy says of a billed service: weaker than any rule of the organization's.
services as (
    select
        thing_id,
        min(value) filter (where field = 'service_boundary') as boundary,
        min(value) filter (where field = 'service_phase') as lifecycle_phase,
        min(value) filter (where field = 'service_activity') as lifecycle_activity
    from {{ ref('int_thing_fields') }}
    where field in ('service_boundary', 'service_phase', 'service_activity')
    group by thing_id
),

explicit_phases as (
    select
        thing_id,
        min(value) as explicit_phase
    from {{ ref('int_thing_fields') }}
    where
        field = 'explicit_phase'
        and value in ('transversal', 'ideation', 'qualification', 'development', 'production', 'usage')
    group by thing_id
),

loads as (
    select
        'config' as source_id,
        'load|' || load_id as thing_id,
        project_id,
        boundary,
        coalesce('loads.csv: ' || evidence, 'loads.csv') as boundary_evidence,
        lifecycle_phase as rule_phase,
        lifecycle_activity
    from {{ ref('stg_config__loads') }}
)

select
    things.source_id,
    things.thing_id,
    attributes.project_id,
    coalesce(
        attributes.boundary, case when attributes.project_id is not null then 'ai' end, services.boundary, 'unattributed'
    ) as boundary,
    case
        when coalesce(attributes.boundary, attributes.project_id) is not null then 'rule'
        when services.boundary is not null then 'taxonomy'
        else 'none'
    end as boundary_rule,
    coalesce(
        attributes.boundary_evidence, attributes.project_evidence,
        'service_taxonomy.csv: the service is ' || replace(services.boundary, '_', ' '), 'no rule matches'
    ) as boundary_evidence,
    explicit_phases.explicit_phase,
    coalesce(attributes.rule_phase, services.lifecycle_phase) as rule_phase,
    coalesce(
        attributes.rule_phase_evidence, 'service_taxonomy.csv: ' || services.lifecycle_phase
    ) as rule_phase_evidence,
    coalesce(attributes.lifecycle_activity, services.lifecycle_activity) as lifecycle_activity
from things
left join attributes
    on things.thing_id = attributes.thing_id
left join services
    on things.thing_id = services.thing_id
left join explicit_phases
    on things.thing_id = explicit_phases.thing_id
union all by name
select
    source_id,
    thing_id,
    project_id,
    boundary,
    'declared' as boundary_rule,
    boundary_evidence,
    cast(null as varchar) as explicit_phase,
    rule_phase,
    boundary_evidence as rule_phase_evidence,
    lifecycle_activity
from loads
