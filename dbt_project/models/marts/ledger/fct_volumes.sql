-- Empty until a source of volumes is configured; the columns are promised to queries.
select
    cast(null as date) as period_month,
    cast(null as varchar) as project_id,
    cast(null as varchar) as metric,
    cast(null as double) as quantity,
    cast(null as varchar) as unit,
    cast(null as varchar) as source_id,
    cast(null as varchar) as document_sha256
where false
