"""A published file made up for the tests: 25 months of fake figures, one of them without any."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb

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
