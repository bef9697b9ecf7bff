"""A published file made up for the tests: 25 months of fake figures, one of them without any."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb

from tests.dashboards import energy_fixture

NAME = "footing-2026-10-r3-0badcafe.duckdb"
FIRST, LAST = dt.date(2024, 10, 1), dt.date(2026, 10, 1)
MISSING = dt.date(2025, 8, 1)
MONTHS = [dt.date(2024 + (9 + n) // 12, (9 + n) % 12 + 1, 1) for n in range(25)]
# kg CO2e of the first month, location-based: fake and easy to recognise.
SCOPES = {1: 100.0, 2: 4000.0, 3: 3900.0}
PHASES = {"transversal": 900.0, "development": 300.0, "production": 1200.0, "unattributed": 50.0}
UNDECIDED = 1500.0

TABLES = """
create table rpt_monthly(
    level varchar, period_month date, scope tinyint, ghg_category varchar, lifecycle_phase varchar, project_id varchar,
    source_id varchar, site_id varchar, indicator varchar, accounting_basis varchar, recognition varchar, total varchar,
    "window" varchar, amount double, amount_low double, amount_high double, share_metered double, weakest_tier varchar,
    data_status varchar
);
create table rpt_targets(
    target_id varchar, name varchar, name_fr varchar, total varchar, accounting_basis varchar, recognition varchar,
    period_month date, "window" varchar, base_amount double, target_amount double, actual_amount double,
    actual_low double, actual_high double, is_on_track boolean
);
create table rpt_coverage(
    source_id varchar, request varchar, period_month date, status varchar, reason varchar, documents bigint,
    rows_accepted bigint, rows_rejected bigint, estimated_amount double
);
create table rpt_conservation(check_name varchar, difference double, tolerance double);
create table rpt_data_quality(check_id varchar, severity varchar, success boolean);
create table rpt_warnings(code varchar, severity varchar, period_month date, subject varchar, text varchar);
create table rpt_restatements(
    period_month date, revision integer, emission_id varchar, level varchar, cause varchar, old_amount double,
    new_amount double, difference double, status varchar, reason varchar, approved_by varchar, approved_at timestamp
);
create table dim_month(period_month date, year integer, month integer, data_status varchar, waiting_for varchar);
create table meta_organization(
    name varchar, country varchar, currency varchar, is_fictional boolean, recognition varchar, lifetime_months integer
);
create table rpt_breaks(
    period_month date, provider varchar, source_id varchar, kind varchar, service varchar, model_before varchar,
    model_after varchar, description varchar, description_fr varchar, source varchar
);
create table fct_emissions(
    provider varchar, period_month date, is_reported boolean, indicator varchar, accounting_basis varchar,
    activity_type varchar, gap_fill boolean, amount double
);
create table rpt_provider_vs_harmonised(
    period_month date, provider varchar, service varchar, region varchar, accounting_basis varchar,
    provider_amount double, harmonised_amount double, ratio double
);
create table rpt_key_sensitivity(
    period_month date, provider varchar, accounting_basis varchar, boundary varchar, project_id varchar,
    allocation_key varchar, second_key varchar, amount double, amount_second_key double
);
create table rpt_coverage_services(
    period_month date, provider varchar, service varchar, service_group varchar, is_classified boolean, is_ai boolean,
    statement_coverage varchar, treatment varchar, has_hardware boolean, usage_rows bigint, list_cost_eur double,
    remedy varchar
);
create table rpt_offsets(
    period_month date, source_id varchar, description varchar, amount double, unit varchar, document_sha256 varchar
);
create table rpt_claimed_benefits(
    period_from date, period_to date, provider varchar, service varchar, region varchar, source_id varchar,
    description varchar, amount double, unit varchar, document_sha256 varchar
);
create table rpt_site_balance(
    period_month date, site_id varchar, is_metered boolean, grid_kwh double, generator_kwh double, pv_kwh double,
    export_kwh double, storage_kwh double, total_kwh double, it_kwh double, overhead_kwh double, outside_it_kwh double,
    key_kwh double, idle_kwh double, lost_kwh double, unexplained_kwh double, pue_origin varchar, pue double,
    measured_pue double, billed_pue double, configured_pue double, is_overrun boolean
);
create table fct_energy(
    period_month date, site_id varchar, device_id varchar, job_id varchar, claim_id varchar, component varchar,
    energy_source varchar, used_as varchar, reason varchar, covered_by varchar, project_id varchar, boundary varchar,
    lifecycle_phase varchar, kwh double, tier varchar, source_id varchar, document_sha256 varchar
);
create table rpt_lost_telemetry(
    period_month date, source_id varchar, site_id varchar, component varchar, devices bigint, dark_devices bigint,
    gone_devices bigint, expected_hours double, lost_hours double, lost_kwh double
);
create table dim_site(site_id varchar, name varchar);
create table dim_project(project_id varchar, name varchar, name_fr varchar);
create table fct_emissions_allocated(
    period_month date, is_reported boolean, indicator varchar, scope tinyint, boundary varchar,
    accounting_basis varchar, recognition varchar, amount double
);
-- The real macro forms bounds from uncertainty groups; here they are a plain hundredth of all that is added.
create macro interval_by(dims, weight, keep) as table
select
    dims as k,
    sum(weight * amount) as total,
    sum(weight * amount) - 0.01 * sum(amount) as low,
    sum(weight * amount) + 0.01 * sum(amount) as high
from fct_emissions_allocated
where keep
group by dims;
"""


def write(path: Path) -> Path:
    """Write the fake published file."""
    with duckdb.connect(str(path)) as con:
        con.execute(TABLES)
        con.execute("insert into meta_organization values ('Fake <Org>', 'FR', 'EUR', true, 'amortised', 72)")
        for number, month in enumerate(MONTHS):
            _month(con, month, number)
        _remarks(con)
    return path


def _month(con: duckdb.DuckDBPyConnection, month: dt.date, number: int) -> None:
    status = "preliminary" if month == LAST else "final"
    waiting = "electricity/par1" if month == LAST else ""
    con.execute(
        "insert into dim_month values (?, ?, ?, ?, ?)", [month, month.year, month.month, status, waiting]
    )
    for basis, factor in (("location", 1.0), ("market", 0.9)):
        grown = factor * (1 + number / 100)
        total = sum(SCOPES.values()) * grown
        if month != MISSING:
            _figures(con, month, status, basis, grown)
            con.execute(
                "insert into fct_emissions_allocated values (?, true, 'gwp', 3, 'outside_ai', ?, 'flow', ?)",
                [month, basis, total],
            )
        if basis == "location":
            goal = 8000.0 - 20 * number
            actual = [None, None, None] if month == MISSING else [total, total * 0.9, total * 1.1]
            con.execute(
                "insert into rpt_targets values ('it-fake', 'Fake IT target', 'Objectif fictif', 'it', ?, 'amortised',"
                " ?, 'month', 8000, ?, ?, ?, ?, ?)",
                [basis, month, goal, *actual, None if month == MISSING else total <= goal],
            )


def _figures(con: duckdb.DuckDBPyConnection, month: dt.date, status: str, basis: str, grown: float) -> None:
    rows = [
        ("total", None, None, "it", sum(SCOPES.values())),
        ("total", None, None, "ai", sum(PHASES.values())),
    ]
    rows += [("total", None, None, "undecided", UNDECIDED)]
    rows += [("scope", scope, None, "it", amount) for scope, amount in SCOPES.items()]
    rows += [("phase", None, phase, "ai", amount) for phase, amount in PHASES.items()]
    for level, scope, phase, total, amount in rows:
        # Decoys beside the row that a screen should read: another policy, and another window.
        for recognition, window, factor in (
            ("amortised", "month", 1),
            ("acquisition", "month", 7),
            ("amortised", "ytd", 9),
        ):
            shown = amount * grown * factor
            con.execute(
                "insert into rpt_monthly values"
                " (?, ?, ?, null, ?, null, null, null, 'gwp', ?, ?, ?, ?, ?, ?, ?, 0.5, 'metered', ?)",
                [
                    level,
                    month,
                    scope,
                    phase,
                    basis,
                    recognition,
                    total,
                    window,
                    shown,
                    shown * 0.9,
                    shown * 1.1,
                    status,
                ],
            )


# Of the last month and a year before: unit steps show (3.5 g Sb-eq, 12 GJ, 900 L), a decoy per policy and basis.
IMPACTS = {"adpe": 0.0035, "pe": 12_000.0, "water_consumption": 900.0}


def _impacts(con: duckdb.DuckDBPyConnection) -> None:
    for month in (FIRST, LAST):
        status = "preliminary" if month == LAST else "final"
        for indicator, amount in IMPACTS.items():
            for level, phase, total, part in (
                ("total", None, "it", 1.0), ("total", None, "ai", 0.4), ("total", None, "undecided", 0.1),
                ("phase", "production", "ai", 0.3), ("phase", "development", "ai", 0.1),
            ):  # fmt: skip
                for basis, recognition, factor in (
                    ("location", "amortised", 1), ("market", "amortised", 1), ("location", "acquisition", 7),
                ):  # fmt: skip
                    shown = amount * part * factor
                    con.execute(
                        "insert into rpt_monthly values (?, ?, null, null, ?, null, null, null, ?, ?, ?, ?, 'month', ?, ?, ?, 0.5,"
                        " 'metered', ?)",
                        [
                            level,
                            month,
                            phase,
                            indicator,
                            basis,
                            recognition,
                            total,
                            shown,
                            shown * 0.8,
                            shown * 1.2,
                            status,
                        ],
                    )
    for scope, category, amount in ((2, "2.electricity", 4000.0), (3, "3.1", 3000.0), (3, "3.9", 900.0)):
        con.execute(
            "insert into rpt_monthly values ('category', ?, ?, ?, null, null, null, null, 'gwp', 'location', 'amortised', 'it',"
            " 'month', ?, ?, ?, 0.5, 'spend', 'final')",
            [LAST, scope, category, amount, amount * 0.9, amount * 1.1],
        )


def _remarks(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        "insert into rpt_coverage values ('electricity', 'par1', ?, 'missing', 'not delivered', 0, 0, 0, 12.5),"
        " ('electricity', 'lon1', ?, 'complete', null, 1, 4, 0, 0), ('gcp', 'a', ?, 'restated', null, 1, 9, 0, 0)",
        [LAST, LAST, LAST],
    )
    con.execute("insert into rpt_conservation values ('bill', 0, 1e-6), ('bill', 5, 1e-6)")
    con.execute("insert into rpt_data_quality values ('a', 'critical', true), ('b', 'warning', false)")
    con.execute(
        "insert into rpt_warnings values ('delivery_missing', 'warning', ?, 'electricity/par1', 'not delivered'),"
        " ('brand_new_code', 'warning', ?, 'x', 'Something the screens do not know yet')",
        [LAST, LAST],
    )
    con.execute(
        "insert into rpt_restatements values"
        " (date '2026-03-01', 1, 'e1', 'emission', 'provider_restatement', 2000, 1500, -500, 'published', 'r', null, null),"
        " (date '2026-03-01', 1, 'e2', 'emission', 'provider_restatement', null, 90, 90, 'published', 'r', null, null)"
    )
    _clouds(con)
    _impacts(con)
    energy_fixture.write(con, LAST)


def _clouds(con: duckdb.DuckDBPyConnection) -> None:
    # AWS: 1,000 + 200 both + 34 filled = 1,234; the market decoy and the outranked row stay out.
    con.execute(
        """insert into fct_emissions values
        ('aws', $last, true, 'gwp', 'location', 'provider_statement', false, 1000),
        ('aws', $last, true, 'gwp', 'both', 'provider_statement', false, 200),
        ('aws', $last, true, 'gwp', 'both', 'cloud_usage', true, 34),
        ('aws', $last, true, 'gwp', 'market', 'provider_statement', false, 7777),
        ('aws', $last, false, 'gwp', 'location', 'cloud_usage', false, 5555),
        ('EDF', $last, true, 'gwp', 'location', 'electricity_use', false, 9999)""",
        {"last": LAST},
    )
    con.execute(
        """insert into rpt_provider_vs_harmonised values
        ($last, 'aws', 'a', 'r', 'location', 300, 100, 3), ($last, 'aws', 'b', 'r', 'location', 300, 150, 2)""",
        {"last": LAST},
    )
    con.execute("insert into dim_project values ('P1', 'Claims', 'Sinistres')")
    con.execute(
        """insert into rpt_key_sensitivity values
        ($last, 'aws', 'location', 'ai', 'P1', 'list_cost', 'effective_cost', 60, 45),
        ($last, 'aws', 'location', 'outside_ai', null, 'list_cost', 'effective_cost', 40, 55)""",
        {"last": LAST},
    )
    con.execute(
        """insert into rpt_coverage_services values
        ($last, 'aws', 'Amazon Bedrock', 'Model APIs', true, true, 'not', 'gap_fill', false, 2, 900, null),
        ($last, 'aws', 'Orbit <new>', 'Unclassified', false, null, 'covered', 'stated', false, 1, 5, 'add a rule'),
        ($last, 'aws', 'Amazon EC2', 'Machines', true, null, 'covered', 'stated', true, 9, 5000, null)""",
        {"last": LAST},
    )
    con.execute(
        """insert into rpt_breaks values
        (date '2025-10-01', 'aws', 'aws', 'model_version', null, 'v2', 'v3', 'Model v2 → v3', 'Modèle v2 → v3', 's')"""
    )
    con.execute(
        "insert into rpt_claimed_benefits values"
        " (date '2025-01-01', date '2026-01-01', 'aws', 's', 'r', 'c', 'claimed', 321, 'kg CO2e', 'h')"
    )
