-- Pieces of order lines, per document, against what became of them: acquired in the ledger, known from the register
-- (and acquired by its line), or left out with a reason. Credit notes are counted apart.
with ordered as (
    select
        lines.delivery_id,
        lines.document_sha256,
        fsum(lines.quantity) as stated,
        coalesce(fsum(lines.quantity) filter (where not lines.is_hardware), 0) as not_hardware,
        fsum(least(lines.quantity, coalesce(matched.quantity, 0))) as registered
    from {{ ref('stg_purchase_order__lines') }} as lines
    left join (
        select order_id, order_line, sum(quantity) as quantity
        from {{ ref('int_order_matches') }}
        group by order_id, order_line
    ) as matched
        on lines.order_id = matched.order_id
        and lines.order_line = matched.order_line
    where lines.quantity > 0
    group by lines.delivery_id, lines.document_sha256
),

left_out as (
    select assets.document_sha256, fsum(assets.quantity) as pieces
    from {{ ref('int_asset_footprints') }} as assets
    where
        assets.lca_source is null
        or assets.ownership = 'operating_lease'
        or date_trunc('month', assets.order_date) not in (select months.period_month from {{ ref('int_months') }} as months)
    group by assets.document_sha256
),

acquired as (
    select
        emissions.document_sha256,
        {% for boundary in ['ai', 'outside_ai', 'outside_it', 'unattributed'] %}
        coalesce(fsum(emissions.quantity * shares.share) filter (where shares.boundary = '{{ boundary }}'), 0)
        as {{ boundary }}{{ ',' if not loop.last }}
        {% endfor %}
    from (
        select *
        from {{ ref('fct_emissions') }}
        where part = 'hardware' and recognition = 'acquisition' and indicator = 'gwp' and activity_type = 'purchase'
        qualify row_number() over (partition by activity_id, period_month order by lca_stage) = 1
    ) as emissions
    inner join {{ ref('fct_allocation') }} as shares
        on emissions.claim_id = shares.claim_id
        and emissions.period_month = shares.period_month
    group by emissions.document_sha256
)

select
    'order_pieces' as check_name,
    ordered.delivery_id,
    ordered.document_sha256,
    {{ last_month() }} as period_month,
    'pieces' as measure,
    'piece' as unit,
    ordered.stated,
    coalesce(acquired.ai, 0) as ai,
    coalesce(acquired.outside_ai, 0) as outside_ai,
    coalesce(acquired.outside_it, 0) as outside_it,
    coalesce(acquired.unattributed, 0) as unattributed,
    ordered.registered as key_only,
    ordered.not_hardware + coalesce(left_out.pieces, 0) as excluded,
    1e-9 * greatest(ordered.stated, 1) as tolerance
from ordered
left join left_out
    on ordered.document_sha256 = left_out.document_sha256
left join acquired
    on ordered.document_sha256 = acquired.document_sha256
