"""Sites small enough to work out by hand: a generator, a contract, heat and cooling, a colocation partly owned.

The world's datacenter buys 100,000 kWh and generates 2,000; its offices have a meter of 24,000. The figures are explained
beside the assertions.
"""

import math

import duckdb
import pytest

from tests.ledger import world
from tests.ledger.world import CONFIG, TYPED

BILL = (
    "select doc_key, row_number() over () as document_row, 'Supplier' as supplier, 'I' as invoice_number, '1' as invoice_line,"
    " meter_id, date '2026-09-01' as period_from, date '2026-10-01' as period_to, kwh as consumption_kwh, 'actual' as"
    " reading_type, 1.0 as amount, 'EUR' as currency, false as is_credit_note, pue from (values ('d-own', 'gen', 2000.0, null),"
    " ('d-own', 'offices', 24000.0, null), ('d-colo', 'cage', 1000.0, 1.5)) as t(doc_key, meter_id, kwh, pue)"
)
HEAT = (
    "select 'd-heat' as doc_key, row_number() over () as document_row, 'Net' as supplier, 'H' as invoice_number, meter_id, kind,"
    " date '2026-09-01' as period_from, date '2026-10-01' as period_to, kwh as consumption_kwh, 1.0 as amount, 'EUR' as currency,"
    " false as is_credit_note from (values ('h', 'heat', 1000.0), ('c', 'cooling', 2000.0)) as t(meter_id, kind, kwh)"
)
OVERRIDES = {
    "typed/_config/sources.parquet": f"{CONFIG['sources']} union all select *, 'monthly', 'inbox', date '2026-09-01', 1 from (values"
    " ('own', 'Own meters', 'electricity_bill', 'meter'), ('colo', 'Hall', 'electricity_bill', 'meter'),"
    " ('heat', 'Heat', 'heat_bill', 'heat')) as t(source_id, title, connector, kind)",
    "typed/_config/requests.parquet": f"{CONFIG['requests']} union all by name select *, request as site_id from (values"
    " ('own', 'dc'), ('colo', 'colo'), ('heat', 'office')) as t(source_id, request)",
    "typed/electricity_bill/d.parquet": f"{TYPED['electricity_bill']} union all by name {BILL}",
    "typed/heat_bill/d.parquet": HEAT,
    "typed/_documents.parquet": world.DOCUMENTS.replace(
        "('reg-1',",
        "('own-1', 'own', 'electricity_bill', 'dc', 'd-own'), ('colo-1', 'colo', 'electricity_bill', 'colo', 'd-colo'),"
        " ('heat-1', 'heat', 'heat_bill', 'office', 'd-heat'), ('reg-1',",
    ).replace(
        "else 2 end::bigint",
        "when 'heat_bill' then 2 else case doc_key when 'd-colo' then 1 else 2 end end::bigint",
    ),
    "typed/_config/meters.parquet": "select *, null::varchar as note from (values ('m1', 'dc', 'grid', 'incoming'),"
    " ('gen', 'dc', 'generator', 'incoming'), ('offices', 'dc', 'grid', 'non_it'), ('cage', 'colo', 'grid', 'it'),"
    " ('h', 'office', 'heat', 'non_it'), ('c', 'dc', 'cooling', 'overhead')) as t(meter_id, site_id, energy_source, role)",
    "typed/_config/sites.parquet": f"{CONFIG['sites']} union all by name select 'office' as site_id, 'Office' as name, 'w' as"
    " entity_id, 'FR' as country, 'XX' as grid_zone, 'leased' as control, 'office' as purpose union all by name select 'colo' as"
    " site_id, 'Hall' as name, 'v' as entity_id, 'FR' as country, 'XX' as grid_zone, 'colocation' as control, 'datacenter' as"
    " purpose",
    "typed/_config/entities.parquet": f"{CONFIG['entities']} union all by name select 'v' as entity_id, 'Venture' as name, 'FR' as"
    " country, 'w' as parent_entity_id, 'equity_share' as consolidation_approach, 0.6 as consolidation_share",
    "typed/_config/site_parameters.parquet": "select *, 1.3 as pue, null::double as wue_l_per_kwh, 'made up' as evidence, date '2026-01-01' as valid_from"
    " from (values ('dc', 0.5), ('colo', 1.0)) as t(site_id, it_feed_share)",
    "typed/_config/instruments.parquet": "select *, 'contract' as instrument_type, 0.0 as value, 'kg CO2e/kWh' as unit, 'made up' as"
    " evidence, date '2026-11-01' as retired_on, 'w' as beneficiary, 'm1' as meter_id from (values"
    " ('ppa', 'XX', 2026::bigint, date '2026-09-01', date '2026-09-30', 30.0),"
    " ('abroad', 'ZZ', 2026, null, null, 50.0), ('old', 'XX', 2025, date '2026-09-01', date '2026-09-30', 50.0)"
    ") as t(instrument_id, market, vintage_year, valid_from, valid_to, mwh)",
    "typed/_config/factors.parquet": f"{CONFIG['factors']} union all by name select f.* replace (t.id as factor_id, t.geography as"
    f" geography, t.value as value, t.boundary as factor_boundary, t.basis as accounting_basis) from ({CONFIG['factors']} limit 1) as"
    " f cross join (values ('residual', 'XX', 0.050, 'direct', 'market'), ('heat', 'heat:Net', 0.16, 'direct', 'location'),"
    " ('heat-up', 'heat:Net', 0.03, 'upstream', 'location'), ('cold', 'cooling:Net', 0.05, 'direct', 'location')"
    ") as t(id, geography, value, boundary, basis)",
}


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sites")
    world.write(folder, OVERRIDES)
    assert world.build(folder, *world.INVARIANTS) == (0, {}), "models and invariants hold"
    with duckdb.connect(str(folder / "build.duckdb"), read_only=True) as opened:
        yield opened


def test_grid_and_generator_feed_one_balance(con):
    # 100,000 + 2,000 = offices 24,000 by their meter + 78,000 ÷ 1.3 = IT 60,000 + overhead 18,000.
    assert con.execute(
        "select grid_kwh, generator_kwh, total_kwh, it_kwh, overhead_kwh, outside_it_kwh, pue_origin from rpt_site_balance where site_id = 'dc'"
    ).fetchall() == [
        (100_000, 2_000, 102_000, pytest.approx(60_000), pytest.approx(18_000), 24_000, "configured")
    ]
    assert con.execute(
        "select energy_source, fsum(kwh) from fct_energy where used_as = 'total' and site_id = 'dc' group by 1 order by 1"
    ).fetchall() == [("generator", 2_000), ("grid", 100_000)]


def test_shares_run_over_all_kwh(con):
    # P1 (20,000 + 4,000 idle) × 1.3, P2 (10,000 + 2,000) × 1.3, ERP 20,000 × 1.3, undecided 4,000 × 1.3.
    found = {(boundary, project): kwh for boundary, project, kwh in con.execute(
        """select boundary, coalesce(project_id, '-'), fsum(key_quantity) from fct_allocation
        where claim_id = 'meter|dc|m1' group by 1, 2"""
    ).fetchall()}  # fmt: skip
    assert found == pytest.approx({
        ("ai", "P1"): 31_200, ("ai", "P2"): 15_600, ("outside_ai", "-"): 26_000, ("outside_it", "-"): 24_000,
        ("unattributed", "-"): 5_200,
    })  # fmt: skip
    assert math.fsum(found.values()) == pytest.approx(102_000)


def test_a_contract_covers_30_000_kwh_of_the_market_basis_alone(con):
    # L 100,000 × .020; M 30,000 × 0 + 70,000 × .050; 3.3 100,000 × (.012 + .0022) in both.
    rows = con.execute(
        """select accounting_basis, coalesce(instrument_id, '-'), fsum(quantity), fsum(amount) from fct_emissions
        where claim_id = 'meter|dc|m1' and is_reported and indicator = 'gwp' and part in ('electricity', 'energy_upstream')
        group by 1, 2 order by 1, 2"""
    ).fetchall()
    assert rows == [
        ("both", "-", 100_000, pytest.approx(1_200)), ("location", "-", 100_000, pytest.approx(2_000)),
        ("market", "-", 70_000, pytest.approx(3_500)), ("market", "ppa", 30_000, 0),
    ]  # fmt: skip
    assert con.execute("select instrument_id, status, used_kwh, left_kwh from rpt_instruments order by 1").fetchall() == [
        ("abroad", "other_market", 0, 50_000), ("old", "other_year", 0, 50_000), ("ppa", "used", 30_000, 0)
    ]  # fmt: skip


def test_a_contracts_kwh_are_as_much_ai_as_its_meters(con):
    # 31,200 + 15,600 of the site's 102,000 kWh are AI's: of the 30,000 that the contract covers as of the 70,000 it does not.
    rows = con.execute(
        """select emissions.accounting_basis, coalesce(emissions.instrument_id, '-'), emissions.quantity,
        fsum(shares.share) filter (where shares.boundary = 'ai'), fsum(shares.share)
        from fct_emissions as emissions inner join fct_allocation as shares
        on emissions.claim_id = shares.claim_id and emissions.period_month = shares.period_month
        where emissions.resource_id = 'm1' and emissions.part = 'electricity' and emissions.indicator = 'gwp'
        and emissions.is_reported group by 1, 2, 3 order by 1, 2"""
    ).fetchall()
    ai, whole = pytest.approx(46_800 / 102_000), pytest.approx(1)
    assert rows == [
        ("location", "-", 100_000, ai, whole), ("market", "-", 70_000, ai, whole), ("market", "ppa", 30_000, ai, whole),
    ]  # fmt: skip


def test_generator_kwh_carry_no_scope_2(con):
    assert con.execute("select count(*) from fct_emissions where claim_id like '%|gen'").fetchall() == [(0,)]


def test_heat_is_outside_it_and_cooling_follows_it(con):
    rows = con.execute(
        """select ghg_category, boundary, coalesce(project_id, '-'), fsum(amount) from fct_emissions_allocated
        where claim_id like 'heat|%' group by all order by all"""
    ).fetchall()
    # Heat 1,000 × .16 and .03; cooling 2,000 × .05 = 100 by IT kWh 24,000 : 12,000 : 20,000 : 4,000 of 60,000.
    assert rows == [
        ("2.cooling", "ai", "P1", pytest.approx(40)), ("2.cooling", "ai", "P2", pytest.approx(20)),
        ("2.cooling", "outside_ai", "-", pytest.approx(100 / 3)), ("2.cooling", "unattributed", "-", pytest.approx(20 / 3)),
        ("2.heat", "outside_it", "-", pytest.approx(160)), ("3.3", "outside_it", "-", pytest.approx(30)),
    ]  # fmt: skip


def test_a_colocation_is_ours_by_its_submeter_and_the_operators_by_its_pue(con):
    # 1,000 kWh × .020; upstream and losses 14.2; 500 kWh of the operator's cooling × .0342. 60 % of it is ours.
    rows = con.execute(
        """select ghg_category, boundary, fsum(amount) from fct_emissions_allocated where claim_id = 'meter|colo|cage'
        and indicator = 'gwp' and accounting_basis != 'market' group by all order by all"""
    ).fetchall()
    assert rows == [
        ("2.electricity", "outside_it", pytest.approx(8)), ("2.electricity", "unattributed", pytest.approx(12)),
        ("3.3", "outside_it", pytest.approx(5.68)), ("3.3", "unattributed", pytest.approx(8.52)),
        ("3.8", "outside_it", pytest.approx(6.84)), ("3.8", "unattributed", pytest.approx(10.26)),
    ]  # fmt: skip


def test_every_kwh_of_a_bill_or_reading_stands_somewhere(con):
    rows = con.execute(
        """select check_name, document_sha256, stated, key_only, round(difference, 6) from rpt_conservation
        where check_name in ('bill', 'heat_bill') order by all"""
    ).fetchall()
    assert rows == [
        ("bill", "d-bill", 213_000, 0, 0), ("bill", "d-colo", 1_000, 0, 0), ("bill", "d-own", 26_000, 26_000, 0),
        ("heat_bill", "d-heat", 3_000, 0, 0),
    ]  # fmt: skip
