"""A published file small enough to know: four months, one of them missing, one preliminary."""

import datetime as dt

import duckdb
import pytest

MONTHS = [dt.date(2025, 8, 1), dt.date(2025, 9, 1), dt.date(2026, 8, 1), dt.date(2026, 9, 1)]
MISSING = dt.date(2026, 8, 1)
SCHEMA = """
create table meta_organization as select 'World' as name, true as is_fictional;
create table dim_month as select unnest([date '2025-08-01', date '2025-09-01', date '2026-08-01', date '2026-09-01']) as period_month;
alter table dim_month add column data_status varchar;
alter table dim_month add column waiting_for varchar;
update dim_month set data_status = 'final', waiting_for = '';
update dim_month set data_status = 'preliminary', waiting_for = 'bills/dc: missing' where period_month = '2026-09-01';
create table rpt_monthly(level varchar, period_month date, scope tinyint, lifecycle_phase varchar, indicator varchar,
    accounting_basis varchar, recognition varchar, total varchar, "window" varchar, amount double, amount_low double,
    amount_high double, data_status varchar, share_metered double);
create table rpt_targets as select 't' as target_id, 'Target' as name, 'Objectif' as name_fr, 'it' as total,
    'location' as accounting_basis, period_month, 'month' as "window", 8000.0::double as target_amount, false as is_on_track from dim_month;
create table rpt_warnings as select 'stale_grid_factor' as code, 'warning' as severity, date '2026-09-01' as period_month,
    'FR' as subject, 'fr-2022 is the newest factor' as text;
create table rpt_coverage as select date '2026-09-01' as period_month, 'bills' as source_id, 'dc' as request,
    'missing' as status, 'no delivery for this month' as reason, 0::bigint as rows_rejected;
create table rpt_restatements as select date '2026-08-01' as period_month, 'provider_restatement' as cause, 10.0::double as old_amount,
    12.5::double as new_amount, 2.5::double as difference;
create table fct_emissions_allocated(x integer);
create macro interval_by(dims, weight, keep) as table select 'all' as k, -250.0::double as total, -300.0::double as low, -200.0::double as high;
"""


def monthly(month, basis):
    """IT 9,000 (location) or 7,000, AI 3,000, undecided 1,500; scope 2 and 3 and two phases make them up."""
    it = 9000.0 if basis == "location" else 7000.0
    status = "preliminary" if month == dt.date(2026, 9, 1) else "final"
    rows = [("total", None, None, "it", it), ("total", None, None, "ai", 3000.0), ("total", None, None, "undecided", 1500.0),
            ("scope", 2, None, "it", it - 4000), ("scope", 3, None, "it", 4000.0),
            ("phase", None, "development", "ai", 1000.0), ("phase", None, "production", "ai", 2000.0),
            ("phase", None, "unattributed", "undecided", 1500.0)]  # fmt: skip
    return [
        (
            level,
            month,
            scope,
            phase,
            "gwp",
            basis,
            "amortised",
            total,
            "month",
            amount,
            amount * 0.9,
            amount * 1.1,
            status,
            0.5,
        )
        for level, scope, phase, total, amount in rows
    ]


@pytest.fixture(scope="session")
def published_file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data") / "published"
    folder.mkdir()
    path = folder / "footing-2026-09-r3-0a1b2c3d.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute(SCHEMA)
        con.execute("alter table fct_emissions_allocated add column period_month date")
        rows = [
            row
            for month in MONTHS
            if month != MISSING
            for basis in ("location", "market")
            for row in monthly(month, basis)
        ]
        con.executemany(f"insert into rpt_monthly values ({', '.join('?' * 14)})", rows)
    (folder / "current.duckdb").symlink_to(path.name)
    return path
