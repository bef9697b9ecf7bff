-- Offsets and removals stand here alone and are subtracted nowhere. Empty until a source brings some.
select
    cast(null as date) as period_month,
    cast(null as varchar) as source_id,
    cast(null as varchar) as description,
    cast(null as double) as amount,
    cast(null as varchar) as unit,
    cast(null as varchar) as document_sha256
where false
