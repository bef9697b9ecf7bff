"""Clouds small enough to work out by hand: two months of statements and bills beside the world's own sources.

AWS account 111 has one statement line and a bill of four projects' lines and a model API that the statement leaves out;
account 444 has statements in both months and a bill in August alone; Google's account acc2 has a statement for August
alone. The figures are explained beside the assertions that use them.
"""

from __future__ import annotations

from tests.ledger import world

AUGUST, SEPTEMBER = "date '2026-08-01'", "date '2026-09-01'"
SOURCES = {  # source, connector, kind, request and document per month
    "aws": ("aws_carbon_export", "statement", "export", {AUGUST: "a8", SEPTEMBER: "a9"}),
    "gcp2": ("google_carbon_footprint", "statement", "acc2", {AUGUST: "g8"}),
    "aws_bill": ("focus", "billing", "payer", {AUGUST: "ab8", SEPTEMBER: "ab9"}),
    "water": ("water_bill", "water", "dc", {AUGUST: "w8"}),
    "gcp_bill": ("focus", "billing", "acc2", {AUGUST: "gb8", SEPTEMBER: "gb9"}),
}

# Tonnes: 0.01 + 0.3 L / 0.02 M + 0.19 L / 0.15 M = 500 kg L, 180 kg M. Account 444: 40 kg L, 20 kg M in each month.
AWS = (
    "select doc_key, row_number() over () as document_row, month as period_month, account as account_id, 'p' as"
    " payer_account_id, 'eu-west-3' as region_code, null::varchar as location, code as product_code, 'v3.0.1' as model_version,"
    " s1 as scope1_t_co2e, s2l as scope2_location_t_co2e, s2m as scope2_market_t_co2e, s3l as scope3_location_t_co2e, s3m as"
    " scope3_market_t_co2e, s1 + s2l + s3l as total_location_t_co2e, s1 + s2m + s3m as total_market_t_co2e from (values"
    f" ('a8', {AUGUST}, '111', 'Other', 0.01, 0.3, 0.02, 0.19, 0.15), ('a9', {SEPTEMBER}, '111', 'Other', 0.01, 0.3, 0.02, 0.19,"
    f" 0.15), ('a8', {AUGUST}, '444', 'AmazonEC2', 0.0, 0.03, 0.01, 0.01, 0.01), ('a9', {SEPTEMBER}, '444', 'AmazonEC2', 0.0, 0.03,"
    " 0.01, 0.01, 0.01)) as t(doc_key, month, account, code, s1, s2l, s2m, s3l, s3m)"
)
# The world's Google row, and one of acc2 in August: 40 L / 20 M of scope 2 and 20 of scope 3.
GOOGLE = (
    f"{world.TYPED['google_carbon_footprint']} union all by name select 'g8' as doc_key, 1::bigint as document_row, {AUGUST} as"
    " usage_month, 'acc2' as billing_account_id, 'lab' as project_id, 'Compute Engine' as service_description, 'europe-west9-a'"
    " as location, 'europe-west9' as region, '15' as carbon_model_version, 0.0 as scope1_kg_co2e, 40.0 as"
    " scope2_location_kg_co2e, 20.0 as scope2_market_kg_co2e, 20.0 as scope3_kg_co2e, 60.0 as total_location_kg_co2e, 40.0 as"
    " total_market_kg_co2e"
)
# 184 m3 over the 92 days of August to October, 138 of them to the sewer.
WATER = (
    "select 'w8' as doc_key, 1::bigint as document_row, 'Waterworks' as supplier, 'W1' as invoice_number, '1' as"
    " invoice_line, 'wm1' as meter_id, date '2026-08-01' as period_from, date '2026-11-01' as period_to, 184.0 as water_m3,"
    " 138.0 as discharge_m3, null::varchar as reading_type, null::double as amount, null::varchar as currency, false as is_credit_note"
)
LINES = [  # document, month, provider, account, service, code, meter, unit, quantity, list cost, project, category
    ("ab9", SEPTEMBER, "AWS", "111", "Amazon SageMaker", "AmazonSageMaker", "EUW3-Train:ml.g5.xlarge", "Hours", 400, 600, "P2", "usage"),
    ("ab9", SEPTEMBER, "AWS", "111", "Amazon SageMaker", "AmazonSageMaker", "EUW3-Host:ml.g5.xlarge", "Hours", 100, 200, "P1", "usage"),
    ("ab9", SEPTEMBER, "AWS", "111", "AWS Glue", "AWSGlue", "EUW3-ETL-DPU-Hour", "Hours", 300, 150, None, "usage"),
    ("ab9", SEPTEMBER, "AWS", "111", "Amazon Orbit", "AmazonOrbit", "EUW3-Orbits", "Orbits", 9, 50, "office", "usage"),
    ("ab9", SEPTEMBER, "AWS", "111", "Amazon Bedrock", "AmazonBedrock", "EUW3-Titan-tokens", "1K tokens", 5, 1000, "P1", "usage"),
    ("ab9", SEPTEMBER, "AWS", "111", "AWS Tax", None, "VAT", None, None, 400, None, "tax"),
    ("ab9", SEPTEMBER, "AWS", "111", "AWS Glue", "AWSGlue", "Credit", None, None, -90, None, "credit"),
    ("ab8", AUGUST, "AWS", "444", "Amazon Elastic Compute Cloud", "AmazonEC2", "EUW3-BoxUsage:m6i.xlarge", "Hours", 30, 7, "P2", "usage"),
    ("ab8", AUGUST, "AWS", "444", "Amazon Elastic Compute Cloud", "AmazonEC2", "EUW3-BoxUsage:m6i.xlarge", "Hours", 10, 9, "P1", "usage"),
    ("gb8", AUGUST, "Google Cloud", "lab", "Compute Engine", "6F81-5844-456A", "N2 Instance Core", "hour", 100, 5, "P2", "usage"),
    ("gb9", SEPTEMBER, "Google Cloud", "lab", "Compute Engine", "6F81-5844-456A", "N2 Instance Core", "hour", 150, 9, "P2", "usage"),
]  # fmt: skip


def _sql(value: object) -> str:
    return "null" if value is None else str(value) if isinstance(value, int | float) else f"'{value}'"


def _line(number: int, line: tuple[object, ...]) -> str:
    document, month, provider, account, service, code, meter, unit, quantity, cost, project, category = line
    labels = None if project is None else f'{{"project":"{project}"}}'
    region = "eu-west-3" if provider == "AWS" else "europe-west9"
    payer = "payer" if provider == "AWS" else "acc2"
    cells = {
        "doc_key": document, "provider_name": provider, "billing_account_id": payer, "sub_account_id": account,
        "region": region, "service_name": service, "service_code": code, "sku_id": meter, "sku_meter": meter,
        "usage_type": meter, "charge_category": category, "pricing_category": "standard", "usage_unit": unit,
        "billing_currency": "EUR", "labels": labels,
    }  # fmt: skip
    return (
        f"select {month} as period_month, {number}::bigint as document_row, 1::bigint as charges,"
        f" {_sql(quantity)}::double as usage_quantity, {cost}::double as list_cost, {cost}::double as effective_cost,"
        f" {', '.join(f'{_sql(value)}::varchar as {name}' for name, value in cells.items())}"
    )


def _usage() -> str:
    columns = (
        "null::varchar as declared_provider, null::varchar as service_provider_name, null::varchar as host_provider_name,"
        " null::varchar as publisher_name, null::varchar as service_category, null::varchar as service_subcategory,"
        " null::varchar as instance_type, null::varchar as resource_id, null::varchar as resource_type, null::varchar as"
        " charge_class, false as has_commitment, null::varchar as commitment_status, null::double as contracted_cost,"
        " null::double as billed_cost"
    )
    lines = " union all ".join(_line(number, line) for number, line in enumerate(LINES, 1))
    return f"select *, {columns} from ({lines})"


def _costs() -> str:
    # Each document's own sum, by hand: 600 + 200 + 150 + 50 + 1,000 + 400 − 90 = 2,310.
    return (
        "select doc_key, 'EUR' as currency, list_cost::double as list_cost, null::double as effective_cost, null::double as"
        " contracted_cost, null::double as billed_cost, n::bigint as all_rows, n::double as usage_rows from (values"
        " ('ab9', 2310, 7), ('ab8', 16, 2), ('gb8', 5, 1), ('gb9', 9, 1)) as t(doc_key, list_cost, n)"
    )


def _documents() -> str:
    rows = ", ".join(
        f"('{source}-{key}', '{source}', '{connector}', '{request}', '{key}', {month})"
        for source, (connector, _, request, months) in SOURCES.items()
        for month, key in months.items()
    )
    accepted = {"ab9": 7, "ab8": 2, "a8": 2, "a9": 2}
    counted = " ".join(f"when '{key}' then {n}" for key, n in accepted.items())
    return (
        f"{world.DOCUMENTS} union all by name select * exclude (month), month as period_month, 1 as seq, true as complete,"
        " timestamp '2026-11-01' as retrieved_at, doc_key as document_sha256, doc_key as document_name, 1 as part, 1 as"
        f" last_part, 1::bigint as bytes, '{{}}' as options, case doc_key {counted} else 1 end::bigint as rows_accepted, 0::bigint"
        " as rows_rejected, null::varchar as parse_error, true as readable from (values"
        f" {rows}) as t(delivery_id, source_id, connector, request, doc_key, month)"
    )


def overrides() -> dict[str, str]:
    """Queries of the tables that the clouds replace in the world."""
    config = world.CONFIG
    sources = " union all ".join(
        f"select '{name}', '{name}', '{connector}', '{kind}', 'monthly', 'inbox', {AUGUST}, 16"
        for name, (connector, kind, _, _) in SOURCES.items()
    )
    requests = " union all ".join(
        f"select '{name}', '{request}', null" for name, (_, _, request, _) in SOURCES.items()
    )
    rules = (
        "select * from (values (1, '*', 'label_project', 'P1', 'ai', 'P1', null, null, 'label'),"
        " (2, '*', 'label_project', 'P2', 'ai', 'P2', null, null, 'label'),"
        " (3, '*', 'label_project', 'office', 'outside_ai', null, null, null, 'label'))"
    )
    return {
        "typed/_config/organization.parquet": config["organization"].replace("2026-09-01", "2026-08-01"),
        "typed/_config/sources.parquet": f"{config['sources']} union all {sources}",
        "typed/_config/requests.parquet": f"{config['requests']} union all {requests}",
        "typed/_config/allocation_rules.parquet": f"{config['allocation_rules']} union all {rules}",
        "typed/aws_carbon_export/d.parquet": AWS,
        "typed/google_carbon_footprint/d.parquet": GOOGLE,
        "typed/focus/d.parquet": "select doc_key from (values "
        + ", ".join(f"('{line[0]}')" for line in LINES)
        + ") as t(doc_key)",
        "rollup/focus_usage/d.parquet": _usage(),
        "rollup/focus_document_costs/d.parquet": _costs(),
        "typed/_documents.parquet": _documents(),
        "typed/water_bill/d.parquet": WATER,
    }
