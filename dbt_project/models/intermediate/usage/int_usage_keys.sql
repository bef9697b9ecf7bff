-- Use belongs to its product: one slice per claim and month.
select distinct
    claim_id,
    period_month,
    'none' as allocation_key,
    cast(null as varchar) as key_unit,
    1.0 as key_quantity,
    document_sha256 as key_document_sha256,
    'direct' as allocation_part,
    'ai' as boundary,
    'usage_profile' as boundary_rule,
    'usage_profiles.csv: ' || evidence as boundary_evidence,
    project_id,
    'usage' as lifecycle_phase,
    case what when 'device' then 'end_user_device' else 'network' end as lifecycle_activity,
    'usage_profile' as phase_rule,
    'usage_profiles.csv: ' || who as phase_evidence
from {{ ref('int_usage') }}
where who != 'own_staff_on_site' and quantity > 0
