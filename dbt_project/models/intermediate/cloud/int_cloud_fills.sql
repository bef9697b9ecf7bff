-- Which harmonised figures are posted beside or instead of a statement. Where the statement holds the part they are a
-- comparison (outranked); a part that it does not cover is filled; the basis that it lacks for electricity is filled by
-- grid factors; what it covers without a line of its own is left alone. A claim without statement takes all parts.
with slots as (
    select distinct
        lines.claim_id,
        lines.period_month,
        slot.part,
        basis.basis
    from {{ ref('int_statement_lines') }} as lines
    cross join unnest(lines.covers) as slot(part)
    cross join unnest({{ bases_of('lines.accounting_basis') }}) as basis(basis)
    where lines.is_current and not lines.is_total and lines.indicator = 'gwp'
),

-- A statement that knows places alone stands in for its own market figures: those slots are held too.
held as (
    select
        claim_id,
        period_month,
        list(distinct part || '/location') filter (where basis = 'location') as located,
        list(distinct part || '/market') as marketed
    from slots
    group by claim_id, period_month
),

coverage as (
    select
        usage.claim_id,
        usage.period_month,
        coverage.part,
        bool_and(coverage.coverage = 'not') as is_left_out
    from (
        select distinct claim_id, period_month, provider, statement_service, service from {{ ref('int_cloud_usage') }}
    ) as usage
    inner join {{ ref('int_cloud_coverage') }} as coverage
        on usage.provider = coverage.provider
        and usage.statement_service is not distinct from coverage.statement_service
        and usage.service is not distinct from coverage.service
        and usage.period_month = coverage.period_month
    group by usage.claim_id, usage.period_month, coverage.part
),

rows as (
    select
        footprints.*,
        claims.treatment,
        claims.provider,
        claims.account,
        claims.region,
        claims.service,
        list_concat(coalesce(held.located, []), coalesce(held.marketed, [])) as held,
        coalesce(coverage.is_left_out, false) as is_left_out,
        case footprints.accounting_basis when 'market' then 'market' else 'location' end as basis
    from {{ ref('int_cloud_footprints') }} as footprints
    inner join {{ ref('int_cloud_claims') }} as claims
        on footprints.claim_id = claims.claim_id
        and footprints.period_month = claims.period_month
    left join held
        on footprints.claim_id = held.claim_id
        and footprints.period_month = held.period_month
    left join coverage
        on footprints.claim_id = coverage.claim_id
        and footprints.period_month = coverage.period_month
        and footprints.part = coverage.part
    where claims.treatment != 'covered_by'
)

select
    * exclude (held, basis, is_left_out, machine, wue_l_per_kwh),
    case
        when part = 'unsplit' then {{ harmonised_parts() }}
        when part != 'electricity' then [part]
        when treatment = 'stated'
            then list_filter(
                ['electricity', 'heat_cooling'],
                lambda slot: list_contains(held, slot || '/' || basis) = list_contains(held, 'electricity/' || basis)
            )
        when factor_boundary = 'lifecycle' then ['electricity', 'heat_cooling', 'energy_upstream', 'grid_losses']
        else ['electricity', 'heat_cooling']
    end as covers,
    treatment != 'stated' or not list_contains(held, part || '/' || basis) as is_fill
from rows
where
    treatment != 'stated'
    or (
        part != 'unsplit'
        and (
            list_contains(held, part || '/' || basis)
            or is_left_out
            or (part = 'electricity' and list_contains(held, 'electricity/market'))
        )
    )
