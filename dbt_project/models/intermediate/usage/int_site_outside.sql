-- What a site's bill holds outside IT, and in it the devices of own staff that use an AI product.
with staff as (
    select
        period_month,
        site_id,
        project_id,
        min(evidence) as evidence,
        min(document_sha256) as document_sha256,
        fsum(kwh) as kwh
    from {{ ref('int_usage_on_site') }}
    group by period_month, site_id, project_id
),

staffed as (
    select period_month, site_id, fsum(kwh) as kwh
    from staff
    group by period_month, site_id
)

select
    balance.period_month,
    balance.site_id,
    false as is_board,
    false as is_it_feed,
    'outside_it' as boundary,
    'site_parameters' as boundary_rule,
    'share of the meter that the IT feed does not carry' as boundary_evidence,
    cast(null as varchar) as project_id,
    'not_ai' as lifecycle_phase,
    cast(null as varchar) as lifecycle_activity,
    'boundary' as phase_rule,
    'outside IT' as phase_evidence,
    cast(null as varchar) as document_sha256,
    'direct' as allocation_part,
    balance.outside_it_kwh - coalesce(staffed.kwh, 0) as kwh
from {{ ref('int_site_balance') }} as balance
left join staffed
    on balance.site_id = staffed.site_id
    and balance.period_month = staffed.period_month
where balance.outside_it_kwh - coalesce(staffed.kwh, 0) > balance.outside_it_kwh * 1e-12
union all by name
-- A share of the offices' feed, not of the IT feed that boards and servers follow.
select
    period_month,
    site_id,
    false as is_board,
    false as is_it_feed,
    'ai' as boundary,
    'usage_profile' as boundary_rule,
    'usage_profiles.csv: ' || evidence as boundary_evidence,
    project_id,
    'usage' as lifecycle_phase,
    'end_user_device' as lifecycle_activity,
    'usage_profile' as phase_rule,
    'usage_profiles.csv: own staff on site' as phase_evidence,
    document_sha256,
    'shared_service' as allocation_part,
    kwh
from staff
