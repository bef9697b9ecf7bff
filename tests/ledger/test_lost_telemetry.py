"""A month with a day of lost telemetry closes, marks the estimate and widens its interval."""

import duckdb
import pytest

from tests.ledger import world

# 36,000 kWh in 29 of September's 30 days: the lost one is taken to be a twenty-ninth of that, 1,241.379 kWh.
MEASURED, LOST_KWH = 36_000.0, 36_000.0 / 29
WHOLE = world.GPU_HOURS.replace("2026-09-15", "2026-09-01")
LOST = (
    "select * replace (case uuid when 'G1' then 29.0 else 14.5 end * 86400 as seconds_seen) from"
    f" ({WHOLE}) as hours"
)


def built(folder, hours, *, metered):
    overrides = {"rollup/gpu_hours/d.parquet": hours}
    if not metered:
        bills = f"select * from ({world.TYPED['electricity_bill']}) as bills where false"
        documents = f"select * from ({world.DOCUMENTS}) as documents where connector != 'electricity_bill'"
        overrides |= {"typed/electricity_bill/d.parquet": bills, "typed/_documents.parquet": documents}
    world.write(folder, overrides)
    outcome = world.build(folder, *world.INVARIANTS)
    assert outcome == (0, {}), outcome
    return duckdb.connect(str(folder / "build.duckdb"), read_only=True)


@pytest.fixture(scope="module")
def metered(tmp_path_factory):
    with built(tmp_path_factory.mktemp("metered"), LOST, metered=True) as con:
        yield con


def test_the_lost_day_is_marked_as_an_estimate_and_kept_from_what_was_measured(metered):
    rows = metered.execute(
        "select tier, fsum(kwh) from fct_energy where source_id = 'gpu' and used_as = 'key' group by all order by 1"
    ).fetchall()
    assert rows == [("a_posteriori", pytest.approx(LOST_KWH)), ("metered", pytest.approx(MEASURED))]
    [(text,)] = metered.execute("select text from rpt_warnings where code = 'telemetry_lost'").fetchall()
    assert "48.0 of 1440.0 board-hours" in text
    assert f"{LOST_KWH:.1f} kWh" in text
    [shown] = metered.execute(
        "select component, devices, lost_hours, lost_kwh from rpt_lost_telemetry"
    ).fetchall()
    assert shown == ("gpu", 2, pytest.approx(48), pytest.approx(LOST_KWH))
    components = "select distinct component from fct_energy where reason = 'lost_telemetry'"
    assert metered.execute(components).fetchall() == [("gpu",)]


def test_projects_bounds_are_wider_and_the_meters_total_is_not_moved(metered):
    keys = metered.execute(
        "select distinct allocation_key, key_rel from fct_allocation where claim_id = 'meter|dc|m1'"
    ).fetchall()
    assert keys == [("site_energy_partly_metered", 0.2)]
    [(kwh,)] = metered.execute(
        "select quantity from fct_emissions where estimate_id = 'utility_bill' and is_reported "
        "and part = 'electricity' and accounting_basis = 'location'"
    ).fetchall()
    assert kwh == pytest.approx(100_000)


def widths(con):
    """Half width of the site's electricity by estimate, relative to the amount."""
    return con.execute(
        "select activity_id, quantity, (amount_high - amount) / amount from fct_emissions where is_reported "
        "and estimate_id = 'telemetry' and part = 'electricity' and accounting_basis = 'location' order by 1"
    ).fetchall()


def test_without_a_meter_the_lost_day_is_a_row_of_its_own_with_wider_bounds(tmp_path):
    with built(tmp_path, LOST, metered=False) as con:
        [measured, lost] = sorted(widths(con), key=lambda row: -row[1])
    # Boards 36,000 and a declared load of 20,000 kWh, PUE 76 / 60; ±15 % of sensors or ±50 % of the estimate, ±10 % of grid.
    assert measured[1:] == (pytest.approx(56_000 * 76 / 60), pytest.approx((0.15**2 + 0.1**2) ** 0.5))
    assert lost[1:] == (pytest.approx(LOST_KWH * 76 / 60), pytest.approx((0.5**2 + 0.1**2) ** 0.5))


def test_a_board_dark_all_month_is_estimated_at_its_last_mean_power_and_nobodys(tmp_path):
    # G3 drew 1 kW in August and is back in October: 720 kWh of September, when the others report.
    back = (
        f"select * from ({WHOLE}) as hours union all by name select h.* replace ('G3' as uuid, null as namespace, null as pod, null as"
        " hpc_job, t.hour_start as hour_start, 10.0 as kwh, 36000.0 as seconds_seen) from (values (timestamp '2026-08-31'),"
        f" (timestamp '2026-10-01')) as t(hour_start) cross join (select * from ({WHOLE}) limit 1) as h"
    )
    with built(tmp_path, back, metered=True) as con:
        rows = con.execute(
            "select component, used_as, reason, tier, project_id, kwh from fct_energy where device_id = 'G3'"
            " and period_month = '2026-09-01'"
        ).fetchall()
        assert rows == [("gpu", "key", "lost_telemetry", "a_posteriori", None, pytest.approx(720))]
        [(text,)] = con.execute("select text from rpt_warnings where code = 'telemetry_lost'").fetchall()
        assert text.startswith("720.0 of 720.0 board-hours without samples: 720.0 kWh")
        assert "1 board(s) silent all month" in text
        # Of 60,000 kWh of IT 36,000 of boards, 20,000 of a load and these 720 are told apart.
        [shown] = con.execute(
            "select key_kwh, idle_kwh, lost_kwh, unexplained_kwh from rpt_site_balance"
        ).fetchall()
        assert shown == pytest.approx((56_720, 6_000, 720, 3_280))
