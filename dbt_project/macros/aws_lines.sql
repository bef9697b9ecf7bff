{#- AWS's rows (tonnes, one per account, region, service and month) as statement lines (kg): the same for both of its sources.

    A basis whose scopes are all stated is posted by scope and its total is only checked. Where scopes are missing (model
    versions before 3, exports without scope columns) the total is the amount; scope 1 then stays out of that basis. -#}
{% macro aws_lines(connector) %}
with rows as (
    select
        documents.source_id,
        documents.delivery_id,
        documents.document_sha256,
        documents.retrieved_at,
        documents.seq,
        documents.request,
        documents.is_current as is_current_delivery,
        typed.*,
        string_split(regexp_extract(typed.model_version, '^v([0-9.]+)', 1), '.') as numbers
    from {{ source(connector, 'statement') }} as typed
    inner join {{ ref('stg_documents') }} as documents
        on typed.doc_key = documents.doc_key
        and documents.connector = '{{ connector }}'
    where documents.is_usable
),

versioned as (
    select
        *,
        cast(numbers[1] as integer) as major,
        -- v3.0.1 > v3.0.0 > v2.9; a release stands above its own candidates (v3.0.0-rc.1).
        cast(numbers[1] as double) * 1e6 + cast(numbers[2] as double) * 1e3 + coalesce(cast(numbers[3] as double), 0)
        - case when model_version like '%-%' then 0.5 else 0 end as model_order
    from rows
),

split as (
    select
        *,
        total_location_t_co2e is null
        or (
            scope1_t_co2e is not null and scope2_location_t_co2e is not null
            and (major < 3 or scope3_location_t_co2e is not null)
        ) as location_by_scope,
        total_market_t_co2e is null
        or (
            scope1_t_co2e is not null and scope2_market_t_co2e is not null
            and (major < 3 or scope3_market_t_co2e is not null)
        ) as market_by_scope
    from versioned
),

measures(measure, basis, scope, part, covers) as (
    values
    ('scope1', 'both', '1', 'unsplit', ['fuel', 'refrigerant']),
    ('scope2_location', 'location', '2', 'electricity', ['electricity', 'heat_cooling']),
    ('scope2_market', 'market', '2', 'electricity', ['electricity', 'heat_cooling']),
    ('scope3_location', 'location', '3', 'unsplit', ['energy_upstream', 'grid_losses', 'hardware', 'buildings']),
    ('scope3_market', 'market', '3', 'unsplit', ['energy_upstream', 'grid_losses', 'hardware', 'buildings']),
    ('total_location', 'location', 'total', 'unsplit', ['unsplit']),
    ('total_market', 'market', 'total', 'unsplit', ['unsplit'])
),

lines as (
    select
        split.*,
        measures.*,
        case measures.basis
            when 'location' then split.location_by_scope
            when 'market' then split.market_by_scope
            else split.location_by_scope or split.market_by_scope
        end as by_scope,
        1000 * case measures.measure
            when 'scope1' then split.scope1_t_co2e
            when 'scope2_location' then split.scope2_location_t_co2e
            when 'scope2_market' then split.scope2_market_t_co2e
            when 'scope3_location' then split.scope3_location_t_co2e
            when 'scope3_market' then split.scope3_market_t_co2e
            when 'total_location' then split.total_location_t_co2e
            when 'total_market' then split.total_market_t_co2e
        end as amount
    from split
    cross join measures
)

select
    source_id,
    delivery_id,
    document_sha256,
    document_row,
    retrieved_at,
    seq,
    request,
    is_current_delivery,
    period_month,
    'aws' as provider,
    concat_ws(
        '|', 'aws', account_id, coalesce(nullif(region_code, ''), 'global'), coalesce(nullif(product_code, ''), '-')
    ) as claim_id,
    account_id as sub_account,
    coalesce(nullif(product_code, ''), '-') as service,
    coalesce(nullif(region_code, ''), 'global') as region,
    model_version,
    model_order,
    measure,
    'kg CO2e' as unit,
    amount,
    case when scope != 'total' or by_scope then scope when major < 3 then '1+2' else '1+2+3' end as provider_scope,
    case
        when measure != 'scope1' or (location_by_scope and market_by_scope) then basis
        when location_by_scope then 'location'
        else 'market'
    end as accounting_basis,
    part,
    case
        when scope != 'total' or by_scope then covers
        when major < 3 then ['fuel', 'refrigerant', 'electricity', 'heat_cooling']
        else ['fuel', 'refrigerant', 'electricity', 'heat_cooling', 'energy_upstream', 'grid_losses', 'hardware', 'buildings']
    end as covers,
    scope = 'total' and by_scope as is_total
from lines
where amount is not null and (scope = 'total' or by_scope)
{% endmacro %}
