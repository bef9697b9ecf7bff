"""The worked datacenter example of docs/method-embodied.md: two datacenters, three tenants, lives of four, six and eight years.

Use is constant in kW, so a month's kWh keep its proportions however long it is: what the page works out by hand in kW
is what the models find in kWh.
"""

from __future__ import annotations

from tests.ledger import world

FIRST, LAST = "2018-10-01", "2026-12-01"

# asset, class, pieces, site by the register, in service, order date, retired, model: footprints are in BOAVIZTA below.
ASSETS = [
    ("G", "gpu_server", 2, "north", "2018-10-09", "2018-10-02", "2021-06-30", "Boards"),
    ("S", "server", 3, "south", "2018-10-20", "2018-10-02", None, "Rack"),
    ("N", "network", 2, "south", "2018-10-01", "2018-10-02", None, "Switch"),
    ("H", "gpu_server", 1, "south", "2023-01-15", "2022-12-12", None, "Board"),
]
# model, whole without use in kg, shares of making, transport and end of life (none: one figure).
FOOTPRINTS = [
    ("Boards", 4800, (0.9, 0.06, 0.04)),
    ("Rack", 1440, (1296 / 1440, 96 / 1440, 48 / 1440)),
    ("Switch", 960, (None, None, None)),
    ("Board", 2400, (0.9, 0.06, 0.04)),
]
# site, namespace (None: idle), kW, from, until (excluded).
BOARDS = [
    ("north", "a", 20, FIRST, "2022-01-01"), ("north", "a", 30, "2022-01-01", "2026-01-01"),
    ("north", "b", 10, FIRST, "2022-01-01"), ("north", None, 6, FIRST, "2027-01-01"),
    ("south", "b", 8, FIRST, "2027-01-01"),
]  # fmt: skip
LOADS = [("north", "C", 10), ("south", "A", 5), ("south", "C", 15)]
PRICES = [
    ("north", "gpu_energy", 2.0), ("south", "gpu_energy", 3.0),
    ("north", "other_it_energy", 0.8), ("south", "other_it_energy", 0.8),
]  # fmt: skip


def _sql(value: object) -> str:
    return "null" if value is None else str(value) if isinstance(value, int | float) else f"'{value}'"


def table(columns: str, rows: list[tuple[object, ...]]) -> str:
    """Write rows as a query."""
    body = ", ".join(f"({', '.join(map(_sql, row))})" for row in rows)
    return f"select * from (values {body}) as t({columns})"


def overrides() -> dict[str, str]:
    """Give the queries that turn the world into the worked example."""
    config = {name: f"typed/_config/{name}.parquet" for name in world.CONFIG}
    boards = table("site, namespace, kw, since, until", BOARDS)
    # The data set states a life with use: twice the whole, of which use is half.
    footprints = [
        (row, name, whole * 2, *(share and share / 2 for share in shares))
        for row, (name, whole, shares) in enumerate(FOOTPRINTS, start=1)
    ]
    return {
        config["organization"]: world.CONFIG["organization"].replace("2026-09-01", FIRST),
        config["sources"]: "select source_id, title, connector, kind, cadence, via,"
        f" date '{FIRST}' as first_period, available_day from ({world.CONFIG['sources']}) where source_id in"
        " ('gpu', 'register', 'lca')",
        config[
            "requests"
        ]: "select *, case when request in ('north', 'south') then request end as site_id from"
        " (values ('gpu', 'north'), ('gpu', 'south'), ('register', 'all'), ('lca', 'all')) as t(source_id, request)",
        config[
            "sites"
        ]: "select site_id, 'Datacenter' as name, 'w' as entity_id, 'FR' as country, 'XX' as grid_zone,"
        " 'owned' as control, 'datacenter' as purpose from (values ('north'), ('south')) as t(site_id)",
        config["regions"]: "select site_id, 'pool' as region_id, 'one pool' as evidence"
        " from (values ('north'), ('south')) as t(site_id)",
        config["site_parameters"]: "select site_id, date '2018-01-01' as valid_from, 1.25 as pue, 1.0 as"
        " it_feed_share, null::double as wue_l_per_kwh, 'dedicated' as evidence from (values ('north'), ('south')) as t(site_id)",
        config["meters"]: f"{world.CONFIG['meters']} where false",
        config[
            "loads"
        ]: "select site || '-' || project as load_id, site as site_id, kw::double as kw, 'ai' as boundary,"
        " project as project_id, null::varchar as lifecycle_phase, null::varchar as lifecycle_activity,"
        " date '2018-01-01' as valid_from, null::date as valid_to, 'PDU' as evidence"
        f" from ({table('site, project, kw', LOADS)})",
        config[
            "projects"
        ]: "select project_id, project_id as name, project_id as name_fr, 'production' as default_phase,"
        " null::varchar as organization_unit, 'w' as entity_id, null::date as started_on, null::date as ended_on"
        " from (values ('A'), ('B'), ('C')) as t(project_id)",
        config[
            "allocation_rules"
        ]: "select priority, 'gpu' as source_id, 'namespace' as field, lower(project) as pattern,"
        " 'ai' as boundary, project as project_id, null::varchar as lifecycle_phase, 'serving' as lifecycle_activity,"
        " null::varchar as note from (values (10, 'A'), (20, 'B')) as t(priority, project)",
        config[
            "device_lifetimes"
        ]: "select device_class, months::bigint as lifetime_months, 'policy' as evidence"
        " from (values ('gpu_server', 48), ('network', 96)) as t(device_class, months)",
        config[
            "capacity_prices"
        ]: "select site_id, capacity, date '2018-01-01' as valid_from, price::double as"
        f" price_per_kwh, 'price list' as evidence from ({table('site_id, capacity, price', PRICES)})",
        config[
            "asset_moves"
        ]: "select 'S' as asset_id, date '2021-04-12' as moved_on, 'north' as from_site_id,"
        " 'south' as to_site_id, 'transport order' as evidence",
        config[
            "asset_treatments"
        ]: "select 'S' as asset_id, date '2025-02-03' as treated_on, 3::bigint as pieces,"
        " 100.0 as kg_co2e, 'certificate' as source",
        config["budgets"]: world.CONFIG["budgets"].replace("'P2'", "'A'"),
        config["factors"]: world.CONFIG["factors"].replace("date '2026-01-01'", "date '2018-01-01'"),
        "typed/asset_register/d.parquet": "select 'd-reg' as doc_key, row_number() over () as document_row, asset_tag,"
        " device_class, quantity::bigint as quantity, site_id, in_service_date::date as in_service_date,"
        " order_date::date as order_date, retired_date::date as retired_date, model, 'Acme' as manufacturer,"
        " asset_tag as order_id, '1' as order_line, null::varchar as serial_number, 'in use' as status,"
        " null::varchar as cost_center, null::double as embodied_kg_co2e, null::varchar as embodied_source,"
        " null::double as price_eur from"
        f" ({table('asset_tag, device_class, quantity, site_id, in_service_date, order_date, retired_date, model', ASSETS)})",
        "typed/boavizta/d.parquet": "select 'd-lca' as doc_key, document_row::bigint as document_row, name,"
        " gwp_total_kg_co2e::double as gwp_total_kg_co2e, making::double as gwp_manufacturing_ratio,"
        " transport::double as gwp_transport_ratio, eol::double as gwp_eol_ratio, 'Acme' as manufacturer,"
        " 'Datacenter' as category, 'Server' as subcategory, 0.5 as gwp_use_ratio, null::double as gwp_error_ratio,"
        " 4.0 as lifetime_years, 'x' as report_date, 'x' as sources from"
        f" ({table('document_row, name, gwp_total_kg_co2e, making, transport, eol', footprints)})",
        "rollup/gpu_hours/d.parquet": "select 'd-' || site as doc_key, 'DCGM_FI_DEV_POWER_USAGE' as metric, site as hostname,"
        " 'X' as model_name, namespace, case when namespace is not null then 'pod-' || namespace end as pod,"
        " null::varchar as hpc_job, concat_ws('-', site, coalesce(namespace, 'idle')) as uuid, month as hour_start,"
        " kw * epoch(month + interval 1 month - month) / 3600.0 as kwh,"
        f" epoch(month + interval 1 month - month)::double as seconds_seen from ({boards}) as boards,"
        f" generate_series(timestamp '{FIRST}', timestamp '{LAST}', interval 1 month) as months(month)"
        " where month >= since::timestamp and month < until::timestamp",
        "typed/prometheus/d.parquet": "select 'd-' || site as doc_key, unnest(range(4)) as document_row"
        " from (values ('north'), ('south')) as t(site)",
        "typed/_documents.parquet": _documents(),
    }


def _documents() -> str:
    return (
        f"{world.DOCUMENTS} where false union all by name select *, 1 as seq, true as complete,"
        " timestamp '2026-11-01' as retrieved_at, doc_key as document_sha256, doc_key as document_name, 1 as part,"
        " 1 as last_part, 1::bigint as bytes, '{}' as options, 4::bigint as rows_accepted, 0::bigint as rows_rejected,"
        f" null::varchar as parse_error, true as readable, date '{FIRST}' as period_month from (values"
        " ('gpu-n', 'gpu', 'prometheus', 'north', 'd-north'), ('gpu-s', 'gpu', 'prometheus', 'south', 'd-south'),"
        " ('reg-1', 'register', 'asset_register', 'all', 'd-reg'), ('lca-1', 'lca', 'boavizta', 'all', 'd-lca')"
        ") as t(delivery_id, source_id, connector, request, doc_key)"
    )
