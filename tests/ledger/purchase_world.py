"""Purchases small enough to work out by hand: one month of invoices and a vendor's statement beside the world's sources.

The figures are explained beside the assertions that use them.
"""

from __future__ import annotations

from tests.ledger import world

SOURCES = {  # source: connector, kind, cadence, request
    "ap": ("invoices", "purchases", "monthly", "ledger"),
    "vendors": ("vendor_statement", "statement", "once", "workdesk"),
    "apps": ("volumes", "usage", "monthly", "apps"),
    "model_api": ("volumes", "usage", "monthly", "model-api"),
    "gone": ("volumes", "usage", "monthly", "nothing"),
}
LINES = [  # document, supplier, invoice, line, date, category, net, VAT, currency, order, cost centre, project
    ("ap1", "Lexica SARL", "L-1", "1", "2026-09-03", "software", 10000, 2000, "EUR", None, None, "P1"),
    ("ap1", "Lexica SARL", "L-2", "1", "2026-09-20", "software", -1000, -200, "EUR", None, None, "P1"),
    ("ap1", "OpenAI", "O-1", "1", "2026-09-30", "ai_api", 500, 0, "USD", None, None, None),
    ("ap1", "Workdesk", "W-1", "1", "2026-09-05", "saas", 3000, 600, "EUR", None, None, None),
    ("ap1", "Conseil & Co", "C-1", "1", "2026-09-07", None, 2000, 400, "EUR", None, "CC-9", None),
    ("ap1", "Conseil & Co", "C-1", "2", "2026-09-07", "tax", 55, 0, "EUR", None, "CC-9", None),
    ("ap1", "Dell", "D-1", "1", "2026-09-12", "computers", 9000, 1800, "EUR", "O1", None, None),
    ("ap1", "Dell", "D-2", "1", "2026-09-12", "computers", 1000, 200, "EUR", "O7", None, None),
    ("ap1", "Volt", "V-1", "1", "2026-09-14", "energy", 700, 140, "EUR", None, None, None),
    ("ap1", "Cumulus", "K-1", "1", "2026-09-15", "cloud", 100, 20, "EUR", None, None, None),
    ("ap1", "Lexica SARL", "L-0", "1", "2026-08-31", "software", 100, 20, "EUR", None, None, "P1"),
    ("ap2", "LEXICA SARL ", "L-1", "1", "2026-09-03", "software", 10000, 2000, "EUR", None, None, "P1"),
]
# Workdesk: 122 kg for August and September, 61 days: 2 kg a day.
STATEMENT = (
    "select 'vs' as doc_key, 1::bigint as document_row, 'workdesk' as supplier, 'all' as service, null::varchar as category,"
    " date '2026-08-01' as period_from, date '2026-10-01' as period_to, 'unsplit' as scope, 'location' as basis,"
    " 122.0 as emissions_kg_co2e, null::varchar as method"
)
VOLUMES = [  # document, project, metric, quantity
    ("v1", "P1", "requests", 1_000_000), ("v1", "P2", "requests", 500_000), ("v1", "P2", "users", 40),
    ("v2", "P1", "tokens", 9_000_000),
]  # fmt: skip
DOCUMENTS = {  # key: source, accepted rows
    "ap1": ("ap", 11), "ap2": ("ap", 1), "vs": ("vendors", 1), "v1": ("apps", 3), "v2": ("model_api", 1),
}  # fmt: skip
SUPPLIERS = [  # supplier, category, covered category, covered by, evidence
    ("OpenAI.*", "ai_api", None, "model_api", "usage by token"),
    ("Conseil.*", "consulting", None, None, "framework agreement"),
    ("Cumulus", None, None, "gone", "its usage export"),
]
# 0.05 kWh per thousand requests over a network of 0.059 kWh/GB.
PROFILES = [  # project, who, source, share, device kWh, GB, zone, site, evidence, device class, hours of it
    ("P1", "customers", "apps", 1.0, 0.0002, 0.05 / 59, "YY", None, "phone, 3 W for 4 minutes", None, None),
    ("P2", "own_staff_on_site", "apps", 0.6, 0.004, None, "XX", "dc", "desk", "laptop", 0.0005),
    ("P2", "own_staff_at_home", "apps", 0.3, 0.002, None, "XX", None, "laptop", None, None),
    ("P2", "own_device", "apps", 0.1, 0.01, None, "XX", None, "camera on the road", None, None),
]  # fmt: skip

# Four laptops of 144 kg for 72 months: 8 kg a month.
LAPTOPS = (
    " union all by name select 'd-reg' as doc_key, 3 as document_row, 'L' as asset_tag, 'Acme' as manufacturer, 'Note' as model,"
    " date '2026-09-02' as in_service_date, 'laptop' as device_class, 4 as quantity, 'dc' as site_id, 'CC-1' as cost_center,"
    " 144.0 as embodied_kg_co2e, 'made up' as embodied_source, 'in use' as status"
)


def _sql(value: object) -> str:
    return "null" if value is None else str(value) if isinstance(value, int | float) else f"'{value}'"


def _values(rows: list[tuple[object, ...]]) -> str:
    return ", ".join("(" + ", ".join(_sql(cell) for cell in row) + ")" for row in rows)


def _invoices() -> str:
    numbers: dict[str, int] = {}
    rows = []
    for key, *cells in LINES:
        numbers[key] = numbers.get(key, 0) + 1
        rows.append((key, numbers[key], *cells))
    return (
        "select doc_key, document_row::bigint as document_row, supplier, invoice_number, invoice_line, invoice_date::date as"
        " invoice_date, category, null::varchar as description, amount::double as amount_ex_vat, vat::double as vat, currency,"
        f" order_id, cost_center, project from (values {_values(rows)}) as t(doc_key, document_row, supplier, invoice_number,"
        " invoice_line, invoice_date, category, amount, vat, currency, order_id, cost_center, project)"
    )


def _documents() -> str:
    rows = [
        (f"{source}-1", source, SOURCES[source][0], SOURCES[source][3], key, accepted, part)
        for part, (key, (source, accepted)) in enumerate(DOCUMENTS.items(), 1)
    ]
    # The register's third line are the laptops.
    register = world.DOCUMENTS.replace("else 2 end", "when 'asset_register' then 3 else 2 end")
    return (
        f"{register} union all by name select *, date '2026-09-01' as period_month, 1 as seq, true as complete,"
        " timestamp '2026-11-01' as retrieved_at, doc_key as document_sha256, doc_key as document_name, 9 as last_part,"
        " 1::bigint as bytes, '{}' as options, 0::bigint as rows_rejected, null::varchar as parse_error, true as readable"
        f" from (values {_values(rows)}) as t(delivery_id, source_id, connector, request, doc_key, rows_accepted, part)"
    )


def overrides() -> dict[str, str]:
    """Queries of the tables that the purchases replace in the world."""
    config = world.CONFIG
    sources = [(name, name, *entry[:3], "inbox", "2026-09-01", 5) for name, entry in SOURCES.items()]
    requests = [(name, entry[3]) for name, entry in SOURCES.items()]
    volumes = [(key, n, *cells) for n, (key, *cells) in enumerate(VOLUMES, 1)]
    rules = (
        "select * from (values (1, '*', 'label_project', 'P1', 'ai', 'P1', null, null, 'on the invoice'),"
        " (2, '*', 'supplier', '(?i)workdesk', 'outside_ai', null, null, null, 'office software'))"
    )
    return {
        "typed/_config/sources.parquet": f"{config['sources']} union all select a, b, c, d, e, f, g::date, h from"
        f" (values {_values(sources)}) as t(a, b, c, d, e, f, g, h)",
        "typed/_config/requests.parquet": f"{config['requests']} union all select *, null::varchar as site_id from"
        f" (values {_values(requests)})",
        "typed/_config/allocation_rules.parquet": f"{config['allocation_rules']} union all {rules}",
        "typed/_config/suppliers.parquet": "select *, null::date as valid_from, null::date as valid_to from (values"
        f" {_values(SUPPLIERS)}) as t(supplier, category, covered_category, covered_by, evidence)",
        "typed/_config/usage_profiles.parquet": "select *, date '2026-01-01' as valid_from, null::date as valid_to from (values"
        f" {_values(PROFILES)}) as t(project_id, who, source_id, request_share, device_kwh_per_request, gb_per_request,"
        " grid_zone, site_id, evidence, device_class, device_hours_per_request)",
        "typed/_config/factors.parquet": f"{config['factors']} union all by name select 'yy' as factor_id, 'YY' as geography,"
        " 0.25 as value, 'lifecycle' as factor_boundary, 'Worked factor' as name, date '2026-01-01' as valid_from, null::date"
        " as valid_to, 'kg CO2e/kWh' as unit, 'co2e' as gases, 'AR6' as gwp_set, 'location' as accounting_basis, 'gwp' as"
        " indicator, 'grid.direct' as uncertainty_profile, 'worked example' as source, 'none' as licence, null::varchar as note",
        "typed/asset_register/d.parquet": world.TYPED["asset_register"] + LAPTOPS,
        "typed/invoices/d.parquet": _invoices(),
        "typed/vendor_statement/d.parquet": STATEMENT,
        "typed/volumes/d.parquet": "select doc_key, document_row::bigint as document_row, date '2026-09-01' as month,"
        " project, metric, quantity::double as quantity, metric as unit from (values"
        f" {_values(volumes)}) as t(doc_key, document_row, project, metric, quantity)",
        "typed/_documents.parquet": _documents(),
    }
