-- Energy of declared constant loads by month: a key inside their site.
with loads as (
    select
        months.period_month,
        loads.site_id,
        loads.load_id as device_id,
        cast(null as varchar) as job_id,
        cast(null as varchar) as claim_id,
        'load|' || loads.load_id as thing_id,
        'load' as component,
        'grid' as energy_source,
        'key' as used_as,
        cast(null as varchar) as reason,
        'a_posteriori' as tier,
        'config' as source_id,
        cast(null as varchar) as document_sha256,
        loads.kw * 24 * date_diff('day', months.period_month, cast(months.period_month + interval '1' month as date))
        as kwh
    from {{ ref('stg_config__loads') }} as loads
    inner join {{ ref('int_months') }} as months
        on months.period_month >= coalesce(loads.valid_from, date '1900-01-01')
        and months.period_month < coalesce(loads.valid_to, date '9999-12-31')
)

select * from loads
