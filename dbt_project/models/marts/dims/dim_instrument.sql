-- Empty until contractual instruments are configured; the columns are promised to queries.
select
    cast(null as varchar) as instrument_id,
    cast(null as varchar) as instrument_type,
    cast(null as varchar) as market,
    cast(null as integer) as vintage_year,
    cast(null as double) as mwh,
    cast(null as date) as retired_on,
    cast(null as varchar) as beneficiary,
    cast(null as double) as factor_value
where false
