-- What the rules can look at of jobs and pods: names, accounts, comments, labels.
with jobs as (
    select
        source_id,
        concat_ws('|', 'job', site_id, job_id) as thing_id,
        comment,
        comment_phase,
        account,
        job_name,
        slurm_partition,
        wckey,
        admin_comment
    from {{ ref('stg_slurm__jobs') }}
    where is_newest
    qualify row_number() over (partition by thing_id order by submit_at desc) = 1
),

pods as (
    select distinct
        source_id,
        concat_ws('|', 'pod', site_id, namespace, pod) as thing_id,
        namespace,
        pod
    from (
        select source_id, site_id, namespace, pod from {{ ref('stg_prometheus__gpu_hours') }} where job_id is null
        union
        select source_id, site_id, namespace, pod from {{ ref('stg_prometheus__meter_hours') }} where level = 'pod'
    ) as held
    where pod is not null or namespace is not null
),

pod_labels as (
    select
        labels.source_id,
        concat_ws('|', 'pod', labels.site_id, labels.namespace, labels.pod) as thing_id,
        lower(label.key) as field,
        arg_max(json_extract_string(labels.labels, '$."' || label.key || '"'), labels.last_seen) as value
    from {{ ref('stg_prometheus__pod_labels') }} as labels
    cross join unnest(json_keys(labels.labels)) as label(key)
    group by all
)

select source_id, thing_id, 'comment' as field, comment as value from jobs where comment is not null
union all
select source_id, thing_id, 'account' as field, account as value from jobs where account is not null
union all
select source_id, thing_id, 'job_name' as field, job_name as value from jobs where job_name is not null
union all
select source_id, thing_id, 'partition' as field, slurm_partition as value from jobs where slurm_partition is not null
union all
select source_id, thing_id, 'wckey' as field, wckey as value from jobs where wckey is not null
union all
select source_id, thing_id, 'admin_comment' as field, admin_comment as value from jobs where admin_comment is not null
union all
select source_id, thing_id, 'explicit_phase' as field, comment_phase as value from jobs where comment_phase is not null
union all
select source_id, thing_id, 'namespace' as field, namespace as value from pods where namespace is not null
union all
select source_id, thing_id, 'pod' as field, pod as value from pods where pod is not null
union all
select source_id, thing_id, field, value from pod_labels
union all
select source_id, thing_id, 'explicit_phase' as field, lower(value) as value from pod_labels
where field in ('label_lifecycle_phase', 'label_footing_lifecycle_phase')
