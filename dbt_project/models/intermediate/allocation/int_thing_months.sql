-- A thing's slice in a month. The phase: explicit label → the project's calendar → rule (service, name pattern) →
-- the project's default → unattributed.
with calendar as (
    select
        months.period_month,
        calendar.project_id,
        calendar.lifecycle_phase,
        calendar.evidence
    from {{ ref('stg_config__project_calendar') }} as calendar
    inner join {{ ref('int_months') }} as months
        on months.period_month >= date_trunc('month', calendar.valid_from)
        and months.period_month < coalesce(calendar.valid_to, date '9999-12-31')
    qualify row_number() over (
        partition by months.period_month, calendar.project_id order by calendar.valid_from desc
    ) = 1
),

phased as (
    select
        labels.thing_id,
        months.period_month,
        labels.boundary,
        labels.boundary_rule,
        labels.boundary_evidence,
        labels.project_id,
        labels.lifecycle_activity,
        case
            when labels.boundary in ('outside_ai', 'outside_it') then 'not_ai'
            when labels.boundary = 'unattributed' then 'unattributed'
            else coalesce(
                labels.explicit_phase, calendar.lifecycle_phase, labels.rule_phase, projects.default_phase, 'unattributed'
            )
        end as lifecycle_phase,
        case
            when labels.boundary in ('outside_ai', 'outside_it', 'unattributed') then 'boundary'
            when labels.explicit_phase is not null then 'label'
            when calendar.lifecycle_phase is not null then 'calendar'
            when labels.rule_phase is not null then 'rule'
            when projects.default_phase is not null then 'project_default'
            else 'none'
        end as phase_rule,
        coalesce(
            'label lifecycle_phase:' || labels.explicit_phase,
            'project_calendar.csv: ' || calendar.evidence,
            labels.rule_phase_evidence,
            'projects.csv default_phase'
        ) as phase_evidence
    from {{ ref('int_labels') }} as labels
    cross join {{ ref('int_months') }} as months
    left join {{ ref('stg_config__projects') }} as projects
        on labels.project_id = projects.project_id
    left join calendar
        on labels.project_id = calendar.project_id
        and months.period_month = calendar.period_month
)

select * from phased
