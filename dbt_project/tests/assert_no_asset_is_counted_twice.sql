-- One device, one register line: a serial number that two current lines share would count its making twice.
select serial_number
from {{ ref('stg_asset_register__assets') }}
where serial_number is not null
group by serial_number
having count(*) > 1
