-- What a refrigerant consists of: blends by their composition, everything else of itself. Names are compared without
-- their marks, so that R410A, R-410a and "R 410 A" are one.
select
    {{ refrigerant_key('blend') }} as refrigerant_key,
    substance,
    cast(mass_fraction as double) as mass_fraction
from {{ ref('refrigerant_blends') }}
where {{ refrigerant_key('blend') }} not in (
    select {{ refrigerant_key('own.substance') }}
    from {{ ref('int_refrigerant_factors') }} as own
    where own.publisher = 'Organization'
)
union all
select distinct
    {{ refrigerant_key('substance') }} as refrigerant_key,
    substance,
    1.0 as mass_fraction
from {{ ref('int_refrigerant_factors') }}
union all
select distinct
    {{ refrigerant_key('name') }} as refrigerant_key,
    substance,
    1.0 as mass_fraction
from {{ ref('int_refrigerant_factors') }}
where publisher = 'IPCC' and name is not null
