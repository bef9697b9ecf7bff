-- Refrigerant log lines with what each does to the leak: between two counts of a machine the mass balance holds
-- (start + filled − recovered − end); outside of counts a top-up is the leak of its month, less what was recovered then.
with lines as (
    select
        log.*,
        concat_ws('|', 'refrigerant', log.site_id, log.equipment_id) as claim_id,
        {{ refrigerant_key('log.refrigerant') }} as refrigerant_key,
        case
            when log.is_repeat then 'duplicate'
            when sites.site_id is null or sites.control not in ('owned', 'leased') then 'other_owner'
            when {{ refrigerant_key('log.refrigerant') }}
                not in (select known.refrigerant_key from {{ ref('int_refrigerant_substances') }} as known)
                then 'no_factor'
        end as excluded_code
    from {{ ref('stg_refrigerant_log__lines') }} as log
    left join {{ ref('stg_config__sites') }} as sites
        on log.site_id = sites.site_id
),

-- A count tells what stood in the machine at the end of its day.
balances as (
    select
        claim_id,
        refrigerant_key,
        event_date as counted_from,
        lead(event_date) over (partition by claim_id, refrigerant_key order by event_date) as counted_to
    from (
        select distinct claim_id, refrigerant_key, event_date
        from lines
        where event = 'counted' and not is_repeat
    ) as count_days
),

entries as (
    select
        lines.*,
        balances.counted_from,
        balances.counted_to,
        case
            when lines.event in ('top_up', 'charged') then lines.quantity_kg
            when lines.event = 'recovered' then -lines.quantity_kg
            when lines.event_date = balances.counted_from then lines.quantity_kg
            else -lines.quantity_kg
        end as signed_kg
    from lines
    inner join balances
        on lines.claim_id = balances.claim_id
        and lines.refrigerant_key = balances.refrigerant_key
        and balances.counted_to is not null
        and (
            lines.event != 'counted' and lines.event_date > balances.counted_from and lines.event_date <= balances.counted_to
            or lines.event = 'counted' and lines.event_date in (balances.counted_from, balances.counted_to)
        )
    where not lines.is_repeat
),

loose as (
    select
        lines.*,
        cast(null as date) as counted_from,
        cast(null as date) as counted_to,
        case lines.event
            when 'recovered' then -lines.quantity_kg
            when 'counted' then 0
            else lines.quantity_kg
        end as signed_kg
    from lines
    where not exists (
        select 1 from entries
        where entries.document_sha256 = lines.document_sha256 and entries.document_row = lines.document_row
    )
)

select *, 'mass_balance' as method from entries
union all by name
select *, 'top_up' as method from loose
