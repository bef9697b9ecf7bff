"""Any life, any lot, any moves: the months of a device come to its purchase, to the last digit, and never count twice."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment

PROJECT = Path(__file__).parents[2] / "dbt_project"
ACTIVITY = PROJECT / "models" / "intermediate" / "activity"
SITES = ("a", "b", "c")
FIRST, LAST = dt.date(2000, 1, 1), dt.date(2040, 1, 1)


def months_after(day: dt.date, months: int) -> dt.date:
    """Give the day's month, so many months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def model(name: str) -> str:
    """Give a model's SQL with its references as plain table names."""
    macros = (PROJECT / "macros" / "hardware.sql").read_text(encoding="utf-8")
    text = macros + (ACTIVITY / f"{name}.sql").read_text(encoding="utf-8")
    return Environment().from_string(text).render(ref=lambda table: table)


MODELS = {name: model(name) for name in ("int_asset_stays", "int_asset_months", "int_hardware_cohorts")}

asset = st.fixed_dictionaries({
    "in_service": st.dates(FIRST, dt.date(2019, 12, 31)), "quantity": st.integers(1, 5000),
    "kg": st.floats(1e-3, 1e6), "lifetime": st.integers(1, 240), "retired": st.booleans(),
    "moves": st.lists(st.tuples(st.integers(-40, 9000), st.sampled_from(SITES)), max_size=4, unique_by=lambda m: m[0]),
})  # fmt: skip


def run(assets: list[dict]) -> duckdb.DuckDBPyConnection:
    """Run the models of step 2 on devices, each of a class of its own."""
    con = duckdb.connect()
    con.execute("create table int_asset_footprints(asset_id varchar, device_class varchar, site_id varchar, in_service_date"
                " date, retired_date date, counted_until date, lca_source varchar, quantity bigint, cost_center varchar,"
                " source_id varchar, has_stages boolean)")  # fmt: skip
    con.execute("create table int_asset_stages as select *, null::varchar as delivery_id, null::varchar as document_sha256,"
                " null::timestamp as retrieved_at, 'purchased' as ownership, 'embodied' as lca_stage, 'gwp' as indicator,"
                " 'kg CO2e' as unit, 0::double as amount_per_piece from int_asset_footprints")  # fmt: skip
    con.execute("create table stg_config__organization as select 72 as lifetime_months")
    con.execute("create table stg_config__device_lifetimes(device_class varchar, lifetime_months integer)")
    con.execute("create table stg_config__asset_moves(asset_id varchar, moved_on date, from_site_id varchar, to_site_id varchar)")  # fmt: skip
    con.execute("create table int_months as select month::date as period_month"
                f" from generate_series(timestamp '{FIRST}', timestamp '{LAST}', interval 1 month) as t(month)")  # fmt: skip
    for number, one in enumerate(assets):
        name, start = f"D{number}", one["in_service"]
        retired = start + dt.timedelta(days=30) if one["retired"] else None
        row = [name, name, SITES[0], start, retired, None, "product", one["quantity"], None, "r", False]
        con.execute("insert into int_asset_footprints values (?,?,?,?,?,?,?,?,?,?,?)", row)
        con.execute("insert into int_asset_stages select *, null, null, null, 'purchased', 'embodied', 'gwp', 'kg CO2e', ?"
                    " from int_asset_footprints where asset_id = ?", [one["kg"], name])  # fmt: skip
        con.execute("insert into stg_config__device_lifetimes values (?, ?)", [name, one["lifetime"]])
        place = SITES[0]
        for days, site in sorted(one["moves"]):
            con.execute("insert into stg_config__asset_moves values (?, ?, ?, ?)", [name, start + dt.timedelta(days), place, site])  # fmt: skip
            place = site
    for table, sql in MODELS.items():
        con.execute(f"create table {table} as {sql}")
    return con


@settings(max_examples=30, deadline=None)
@given(st.lists(asset, min_size=1, max_size=4))
def test_the_months_of_a_life_come_to_its_purchase(assets):
    with run(assets) as con:
        for number, one in enumerate(assets):
            name = f"D{number}"
            amounts = con.execute(
                "select amount, quantity, period_month from int_hardware_cohorts where device_class = ?",
                [name],
            ).fetchall()
            assert math.fsum(kg for kg, _, _ in amounts) == one["quantity"] * one["kg"]
            assert {pieces for _, pieces, _ in amounts} == {one["quantity"]}
            months = con.execute(
                "select period_month, share_of_life, site_id from int_asset_months where asset_id = ? order by 1",
                [name],
            ).fetchall()
            first = months_after(one["in_service"], 0)
            assert [month for month, _, _ in months] == [
                months_after(first, age) for age in range(one["lifetime"])
            ], "once a month from the first to the last, wherever it stood"
            assert math.fsum(share for _, share, _ in months) == 1
            # Where it stood when the month ended.
            moves = [(one["in_service"] + dt.timedelta(days), site) for days, site in sorted(one["moves"])]
            for month, _, site in months:
                ended = months_after(month, 1)
                assert site == next((to for day, to in reversed(moves) if day < ended), SITES[0])
