-- The months that a register's devices owe, by the calendar alone, against the months that the ledger counts.
with owed as (
    select
        assets.delivery_id,
        assets.document_sha256,
        fsum(assets.quantity * months.owed) as stated,
        coalesce(fsum(assets.quantity * months.owed) filter (where footprints.lca_source is null), 0) as excluded
    from {{ ref('stg_asset_register__assets') }} as assets
    cross join {{ ref('stg_config__organization') }} as organization
    cross join (select min(period_month) as first_month, max(period_month) as last_month from {{ ref('int_months') }}) as spine
    left join {{ ref('int_asset_footprints') }} as footprints
        on assets.document_row = footprints.document_row
        and assets.document_sha256 = footprints.document_sha256
    cross join lateral (
        select greatest(0, date_diff(
            'month',
            greatest(date_trunc('month', assets.in_service_date), spine.first_month),
            least(
                date_trunc('month', assets.in_service_date) + to_months(organization.lifetime_months),
                spine.last_month + interval '1' month
            )
        )) as owed
    ) as months
    group by assets.delivery_id, assets.document_sha256
),

-- One stage of each activity: stages repeat the quantity, they never add up to it.
counted as (
    select
        emissions.delivery_id,
        {% for boundary in ['ai', 'outside_ai', 'outside_it', 'unattributed'] %}
        coalesce(fsum(emissions.quantity * shares.share) filter (where shares.boundary = '{{ boundary }}'), 0)
        as {{ boundary }}{{ ',' if not loop.last }}
        {% endfor %}
    from (
        select *
        from {{ ref('fct_emissions') }}
        where part = 'hardware' and recognition = 'amortised' and indicator = 'gwp'
        qualify row_number() over (partition by activity_id, period_month order by lca_stage) = 1
    ) as emissions
    inner join {{ ref('fct_allocation') }} as shares
        on emissions.claim_id = shares.claim_id
        and emissions.period_month = shares.period_month
    group by emissions.delivery_id
)

select
    'asset_months' as check_name,
    owed.delivery_id,
    owed.document_sha256,
    {{ last_month() }} as period_month,
    'asset-months' as measure,
    'asset-month' as unit,
    owed.stated,
    coalesce(counted.ai, 0) as ai,
    coalesce(counted.outside_ai, 0) as outside_ai,
    coalesce(counted.outside_it, 0) as outside_it,
    coalesce(counted.unattributed, 0) as unattributed,
    owed.excluded,
    1e-9 * greatest(owed.stated, 1) as tolerance
from owed
left join counted
    on owed.delivery_id = counted.delivery_id
