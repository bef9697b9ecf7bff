-- What splits a bill of heat, steam or cooling: by the role of its meter. Overhead follows the site's IT kWh, what is not
-- IT stands outside it, and a meter of the whole site follows all its kWh; offices have no IT.
with claims as (
    select distinct months.claim_id, months.period_month, months.site_id, months.role
    from {{ ref('int_heat_months') }} as months
    where months.excluded_code is null
),

followed as (
    select
        claims.claim_id,
        case when balance.has_boards then 'site_energy_metered' else 'site_energy_estimated' end as allocation_key,
        'kWh' as key_unit,
        slices.kwh as key_quantity,
        slices.document_sha256 as key_document_sha256,
        slices.* exclude (kwh, document_sha256, is_board, is_it_feed, site_id, allocation_part),
        case when slices.boundary = 'outside_it' then 'direct' else 'overhead' end as allocation_part
    from claims
    inner join {{ ref('int_site_slices') }} as slices
        on claims.site_id = slices.site_id
        and claims.period_month = slices.period_month
    inner join {{ ref('int_site_balance') }} as balance
        on claims.site_id = balance.site_id
        and claims.period_month = balance.period_month
    where claims.role = 'incoming' or (claims.role = 'overhead' and slices.is_it_feed)
)

select * from followed
union all by name
select
    claims.claim_id,
    claims.period_month,
    'none' as allocation_key,
    1.0 as key_quantity,
    'direct' as allocation_part,
    'outside_it' as boundary,
    'meters' as boundary_rule,
    case claims.role when 'non_it' then 'the meter feeds what is not IT' else 'an office: no IT is metered here' end
    as boundary_evidence,
    'not_ai' as lifecycle_phase,
    'boundary' as phase_rule,
    'outside IT' as phase_evidence
from claims
inner join {{ ref('stg_config__sites') }} as sites
    on claims.site_id = sites.site_id
where
    claims.role = 'non_it'
    or (
        sites.purpose = 'office'
        and not exists (
            select 1 from followed
            where followed.claim_id = claims.claim_id and followed.period_month = claims.period_month
        )
    )
