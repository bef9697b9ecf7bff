"""The invariants have teeth: each fault planted here is seen by the test that guards against it."""

import duckdb
import pytest

from tests.ledger import world
from tests.ledger.world import TYPED

ROOT = world.ROOT


@pytest.fixture(scope="module")
def built(small_world):
    folder, code, failed = small_world
    assert (code, failed) == (0, {})
    return folder / "build.duckdb"


def offenders(con, name):
    """Run a compiled singular test of the built world on a connection."""
    compiled = next((con.folder / "target" / "compiled").rglob(f"{name}.sql")).read_text()
    return con.execute(compiled.replace('"build".', "")).fetchall()


@pytest.fixture
def con(built, tmp_path):
    copy = tmp_path / "build.duckdb"
    copy.write_bytes(built.read_bytes())

    class Opened:
        folder = built.parent

        def __init__(self):
            self.raw = duckdb.connect(str(copy))

        def execute(self, sql):
            return self.raw.execute(sql)

    opened = Opened()
    yield opened
    opened.raw.close()


FAULTS = {
    "assert_every_uncertainty_profile_is_known": "delete from dim_uncertainty where profile = 'hardware.product'",
    "assert_shares_sum_to_one": "delete from fct_allocation where claim_id = 'meter|dc|m1' and boundary = 'unattributed'",
    "assert_reported_rows_have_shares": "delete from fct_allocation where claim_id = 'hardware|dc|server'",
    "assert_one_estimate_per_slot": "update fct_emissions set is_reported = true where estimate_id = 'telemetry'",
    "assert_no_partial_winner": "update intermediate.int_winners set is_partial = true where estimate_id = 'lca'",
    "assert_gwp_slots_stand_in_both_bases": "delete from fct_emissions where accounting_basis = 'market' and part = 'electricity'",
    "assert_activity_equals_its_emissions": "update fct_emissions set quantity = 90000 where accounting_basis = 'market' and estimate_id = 'utility_bill'",
    "assert_amount_is_quantity_times_factor": "update fct_emissions set amount = amount + 1 where part = 'hardware'",
    "assert_factor_chain_multiplies": "update bridge_emission_factors set value = value * 2",
    "assert_nothing_negative_nothing_in_future": "update fct_emissions set amount = -1 where part = 'grid_losses'",
    "assert_not_ai_stands_outside_ai": "update fct_allocation set lifecycle_phase = 'production' where boundary = 'outside_it'",
    "assert_lifecycle_factor_posts_no_upstream": "update dim_factor set factor_boundary = 'lifecycle' where factor_id = 'xx-direct'",
    "assert_monthly_foots_to_the_official_total": "update rpt_monthly set amount = amount + 1 where level = 'total' and total = 'ai'",
    "assert_accelerators_draw_less_at_rest": "update seeds.accelerator_watts set idle_watts = watts where device = 'T4'",
    "assert_processors_draw_less_at_rest": "update seeds.processor_watts set idle_watts = watts where processor = 'AMD EPYC 7763'",
    "assert_documents_are_conserved": "update rpt_conservation set difference = 40000 where check_name = 'bill'",
    "assert_steps_foot_to_the_ledger": "update intermediate.int_tenant_emissions set amount = amount * 1.01",
    "assert_an_asset_counts_once_a_month_and_one_life": "insert into intermediate.int_asset_months"
    " select * replace ('elsewhere' as site_id) from intermediate.int_asset_months",
    "assert_only_carbon_is_posted_as_carbon":
        "update intermediate.int_statement_lines set indicator = 'water_consumption' where measure = 'scope3'",
    "assert_no_reported_claim_contains_another":
        "insert into intermediate.int_claim_overlaps select 'order|O1|asset B', 'order|O1|asset B', date '2026-09-01', 'planted', null",
    "assert_exclusions_foot_to_conservation": "update rpt_conservation set excluded = excluded + 1 where check_name = 'bill'",
    "assert_only_corrections_take_back":
        "update fct_emissions set activity_type = 'spend', amount = -amount where part = 'hardware'",
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_an_invariant_sees_its_fault(con, name):
    assert offenders(con, name) == [], "clean before"
    con.execute(FAULTS[name])
    assert offenders(con, name) != []


def test_every_invariant_is_tried():
    written = {path.stem for path in (ROOT / "dbt_project" / "tests").glob("*.sql")}
    assert written - set(FAULTS) == {"assert_no_asset_is_counted_twice"}, (
        "that one is planted in the register below"
    )


def faulty(tmp_path, **overrides):
    world.write(tmp_path, overrides)
    return world.build(tmp_path, *world.INVARIANTS)[1]


def test_a_ledger_that_loses_days_of_a_bill_does_not_foot(tmp_path):
    # The document says 213,000 kWh, but one of its rows never reached the typed file.
    lost = TYPED["electricity_bill"] + " where document_row = 1"
    failed = faulty(tmp_path, **{"typed/electricity_bill/d.parquet": lost})
    assert [name for name in failed if "assert_documents_are_conserved" in name]


def test_a_device_on_two_lines_is_refused(tmp_path):
    twice = TYPED["asset_register"].replace("null::varchar as serial_number", "'SN1' as serial_number")
    failed = faulty(tmp_path, **{"typed/asset_register/d.parquet": twice})
    assert [name for name in failed if "assert_no_asset_is_counted_twice" in name]


def test_a_device_counted_at_both_ends_of_its_move_breaks_the_calendar(con):
    check = next((con.folder / "target" / "compiled").rglob("int_conservation_assets.sql")).read_text()
    check = (
        f"select stated - (ai + outside_ai + outside_it + unattributed + excluded) from ({check})".replace(
            '"build".', ""
        )
    )
    assert con.execute(check).fetchall() == [(pytest.approx(0, abs=1e-9),)]
    con.execute("update fct_emissions set quantity = quantity * 2 where activity_type = 'asset_month'")
    # B's one month of September 2026, counted twice.
    assert con.execute(check).fetchall() == [(pytest.approx(-1),)]


def test_keys_above_the_meter_are_critical(tmp_path):
    world.write(tmp_path, {"rollup/gpu_hours/d.parquet": world.GPU_HOURS.replace("20000.0", "60000.0")})
    assert world.build(tmp_path, *world.INVARIANTS) == (0, {})
    with duckdb.connect(str(tmp_path / "build.duckdb"), read_only=True) as con:
        assert con.execute(
            "select code, severity from rpt_warnings where code = 'key_overrun'"
        ).fetchall() == [("key_overrun", "critical")]
        (ai,) = con.execute(
            "select fsum(share) from fct_allocation where claim_id = 'meter|dc|m1'"
        ).fetchall()[0]
        assert ai == pytest.approx(1)


def test_lost_telemetry_falls_back_on_jobs_and_widens_the_interval(tmp_path, built):
    world.write(tmp_path, {"rollup/gpu_hours/d.parquet": world.GPU_HOURS + " where false"})
    assert world.build(tmp_path, *world.INVARIANTS) == (0, {})
    query = """select total, high - low from interval_by('P2', 1, claim_id = 'meter|dc|m1' and project_id = 'P2'
        and accounting_basis in ('location', 'both') and indicator = 'gwp')"""
    with duckdb.connect(str(tmp_path / "build.duckdb"), read_only=True) as con:
        # The job's node energy: 4.32e10 J = 12,000 kWh; with overhead 12,000 × 76/60 of 100,000 kWh × .0342.
        amount, width = con.execute(query).fetchall()[0]
        assert amount == pytest.approx(12000 * 76 / 60 * 0.0342)
        assert con.execute(
            "select distinct allocation_key from fct_allocation where claim_id = 'meter|dc|m1'"
        ).fetchall() == [("site_energy_estimated",)]
    with duckdb.connect(str(built), read_only=True) as con:
        metered_amount, metered_width = con.execute(query).fetchall()[0]
    assert width / amount > metered_width / metered_amount * 1.5
