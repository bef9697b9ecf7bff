-- Both sides of a site's electricity balance in a month, and which PUE served.
select
    period_month,
    site_id,
    is_metered,
    {% for column in ['grid_kwh', 'generator_kwh', 'pv_kwh', 'export_kwh', 'storage_kwh'] %}
    cast(coalesce({{ column }}, 0) as double) as {{ column }},
    {% endfor %}
    cast(total_kwh as double) as total_kwh,
    cast(it_kwh as double) as it_kwh,
    cast(overhead_kwh as double) as overhead_kwh,
    cast(outside_it_kwh as double) as outside_it_kwh,
    cast(key_kwh as double) as key_kwh,
    cast(gpu_idle_kwh as double) as idle_kwh,
    cast(lost_kwh as double) as lost_kwh,
    cast(greatest(it_kwh - key_kwh, 0) as double) as unexplained_kwh,
    pue_origin,
    cast(pue as double) as pue,
    cast(measured_pue as double) as measured_pue,
    cast(billed_pue as double) as billed_pue,
    cast(configured_pue as double) as configured_pue,
    is_overrun or is_meter_overrun as is_overrun
from {{ ref('int_site_balance') }}
