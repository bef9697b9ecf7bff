"""Clouds from statement and bill to the ledger: every figure below is worked out by hand in the comment beside it."""

import duckdb
import pytest

from tests.ledger import cloud_world, world

OTHER = "aws|111|eu-west-3|Other"
EC2 = "aws|444|eu-west-3|AmazonEC2"
LAB = "google|acc2|lab|Compute Engine|europe-west9"


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clouds")
    world.write(folder, cloud_world.overrides())
    assert world.build(folder, *world.INVARIANTS) == (0, {}), "models and invariants hold"
    with duckdb.connect(str(folder / "build.duckdb"), read_only=True) as opened:
        yield opened


def slices(con, claim, month, basis):
    return dict(con.execute(
        """select boundary || coalesce(' ' || project_id, ''), fsum(amount) from fct_emissions_allocated
        where claim_id = ? and period_month = ? and is_reported
        and indicator = 'gwp' and accounting_basis in (?, 'both') group by 1""",
        [claim, month, basis],
    ).fetchall())  # fmt: skip


def test_a_statement_is_split_by_list_cost_where_one_line_has_no_known_hardware(con):
    # 600 / 200 / 150 / 50 of 1,000: tax and credit carry nothing, the model API is a claim of its own.
    expected = {"ai P2": 300, "ai P1": 100, "unattributed": 75, "outside_ai": 25}
    assert slices(con, OTHER, "2026-09-01", "location") == pytest.approx(expected)
    market = {"ai P2": 108, "ai P1": 36, "unattributed": 27, "outside_ai": 9}
    assert slices(con, OTHER, "2026-09-01", "market") == pytest.approx(market)
    keys = con.execute(
        "select distinct allocation_key, key_unit from fct_allocation where claim_id = ?", [OTHER]
    )
    assert ("list_cost", "EUR") in keys.fetchall()


def test_a_model_api_that_the_statement_leaves_out_is_filled_and_marked(con):
    # 1,000 EUR ÷ 0.884956 EUR/USD × 0.932946 (2024 to 2022 prices) × 0.067 kg/USD = 70.633 kg, ± 80 %.
    row = con.execute(
        """select amount, amount_low, amount_high, gap_fill, tier, ghg_category, basis_origin from fct_emissions
        where claim_id = 'aws|111|eu-west-3|bill|Amazon Bedrock' and is_reported"""
    ).fetchall()
    kg = 1000 / 0.884956 * 0.932946 * 0.067
    assert kg == pytest.approx(70.633, abs=1e-3)
    assert row == [(*map(pytest.approx, (kg, kg * 0.2, kg * 1.8)), True, "spend", "3.1", "computed")]
    assert slices(con, "aws|111|eu-west-3|bill|Amazon Bedrock", "2026-09-01", "market") == {
        "ai P1": pytest.approx(kg)
    }


def test_one_hardware_for_all_lines_splits_by_harmonised_kg_and_a_month_without_a_bill_as_the_last(con):
    # 30 and 10 hours of one machine split 40 kg L and 20 kg M; in September the bill lacks account 444.
    for month, key in (("2026-08-01", "harmonised_kg"), ("2026-09-01", "last_known")):
        assert slices(con, EC2, month, "location") == pytest.approx({"ai P2": 30, "ai P1": 10})
        assert slices(con, EC2, month, "market") == pytest.approx({"ai P2": 15, "ai P1": 5})
        found = con.execute(
            "select distinct allocation_key from fct_allocation where claim_id = ? and period_month = ?",
            [EC2, month],
        ).fetchall()
        assert found == [(key,)]
    warned = con.execute(
        "select subject, period_month::varchar from rpt_warnings where code = 'last_known_key'"
    )
    assert ("aws|444", "2026-09-01") in warned.fetchall()


def test_a_missing_statement_is_bridged_by_the_claims_own_ratio(con):
    # August 60 L / 40 M at 100 hours; September has 150 hours and no statement: 90 L, 60 M, preliminary.
    rows = con.execute(
        """select accounting_basis, amount, gap_fill from fct_emissions
        where claim_id = ? and period_month = '2026-09-01' and is_reported and indicator = 'gwp' order by 1""", [LAB]
    ).fetchall()  # fmt: skip
    assert rows == [("location", pytest.approx(90), True), ("market", pytest.approx(60), True)]
    status = con.execute("select data_status from dim_month where period_month = '2026-09-01'").fetchall()
    assert status == [("preliminary",)]
    warned = con.execute("select subject from rpt_warnings where code = 'statement_missing'").fetchall()
    assert ("google/lab",) in warned


def test_billed_services_show_what_nobody_has_classified(con):
    rows = con.execute(
        "select service, is_classified, treatment, remedy is null from rpt_coverage_services"
        " where period_month = '2026-09-01' and provider = 'aws' order by 1"
    ).fetchall()
    assert rows == [
        ("AWS Glue", True, "stated", True),
        ("Amazon Bedrock", True, "gap_fill", True),
        ("Amazon Orbit", False, "stated", False),
        ("Amazon SageMaker", True, "stated", True),
        ("Amazon SageMaker", True, "stated", True),
    ]


def test_impacts_beside_carbon_come_from_the_bill_and_win_where_the_statement_is_silent(con):
    # 40 hours of m6i.xlarge in Paris: 4 vCPU × 2.12 W + (16 − 6.8) GB × 0.392 W = 12.0864 W; PUE 1.11; a kWh of France has
    # 4.858e-8 kg Sb-eq, 9.3135 MJ, 3.6737 L; the hall takes 0.03 L per kWh of IT (AWS, eu-west-3: mean of Europe 0.04).
    # Making: 40 × (4 × 0.0001501 + 16 × 0.00003686) kg CO2e × 1.3448e-4 kg Sb-eq and 13.448 MJ per kg.
    it_kwh, made_kg = 40 * 0.0120864, 40 * (4 * 0.0001501 + 16 * 0.00003686)
    found = con.execute(
        """select indicator, part, amount, is_reported, accounting_basis from fct_emissions
        where claim_id = ? and period_month = '2026-08-01' and indicator != 'gwp' order by 1, 2""", [EC2]
    ).fetchall()  # fmt: skip
    expected = [
        ("adpe", "electricity", it_kwh * 1.11 * 4.858e-8), ("adpe", "hardware", made_kg * 0.039 / 290),
        ("pe", "electricity", it_kwh * 1.11 * 9.3135), ("pe", "hardware", made_kg * 3900 / 290),
        ("water_consumption", "electricity", it_kwh * 1.11 * 3.6737), ("water_withdrawal", "heat_cooling", it_kwh * 0.04),
    ]  # fmt: skip
    assert found == [(*row, pytest.approx(amount, rel=1e-4), True, "both") for *row, amount in expected]


def test_a_water_bill_is_cut_at_month_ends_outranks_the_estimate_and_follows_the_sites_electricity(con):
    # 184 m3 ÷ 92 days × 30 = 60 m3 in September; 24 % of the site's electricity is not IT. October is not in the window.
    rows = con.execute(
        """select estimate_id, quantity, unit, amount from fct_emissions where claim_id = 'water|dc'
        and period_month = '2026-09-01' and indicator = 'water_withdrawal'"""
    ).fetchall()
    assert rows == [("water_bill", 60, "m3", 60_000)]
    (not_it,) = con.execute(
        """select fsum(amount) from fct_emissions_allocated where claim_id = 'water|dc' and boundary = 'outside_it'
        and period_month = '2026-09-01' and indicator = 'water_withdrawal'"""
    ).fetchall()[0]
    assert not_it == pytest.approx(0.24 * 60_000)
    check = con.execute(
        "select stated, ai + outside_ai + outside_it + unattributed, excluded from rpt_conservation where check_name = 'water' order by 1"
    ).fetchall()
    assert check == [
        (138, pytest.approx(91.5), pytest.approx(46.5)),
        (184, pytest.approx(122), pytest.approx(62)),
    ]


def test_billed_water_has_carbon_by_anothers_factor_which_is_warned_of(con):
    # September: 60 m3 × .1913 supplied, 138 ÷ 92 × 30 = 45 m3 × .17088 treated, by Britain's figures of 2025.
    rows = con.execute(
        """select ghg_category, scope, quantity, amount, is_reported, tier from fct_emissions where claim_id = 'water|dc'
        and indicator = 'gwp' and period_month = '2026-09-01' order by 1"""
    ).fetchall()
    assert rows == [
        ("3.1", 3, 60, pytest.approx(11.478), True, "metered"),
        ("3.5", 3, 45, pytest.approx(7.6896), True, "metered"),
    ]
    warned = con.execute(
        "select subject, period_month::varchar from rpt_warnings where code = 'water_factor_stands_in' order by 2"
    ).fetchall()
    assert warned == [("FR", "2026-08-01"), ("FR", "2026-09-01")]


def test_the_bill_is_conserved_and_the_statements_equal_the_ledger(con):
    usage = con.execute(
        "select stated, key_only, excluded from rpt_conservation where check_name = 'usage' and delivery_id = 'aws_bill-ab9'"
    ).fetchall()
    assert usage == [(2310, 2000, 310)]
    stated = con.execute(
        """select count(*), bool_and(abs(difference) <= 1e-9 * greatest(abs(stated), 1)) from rpt_conservation
        where check_name = 'statement' and delivery_id like 'aws-%'"""
    ).fetchall()
    # Two months × (scope 1, scope 2 and 3 in two bases).
    assert stated == [(10, True)]


def test_provider_and_harmonised_stand_beside_each_other_only_where_the_hardware_is_known(con):
    rows = con.execute(
        "select distinct provider, service from rpt_provider_vs_harmonised order by all"
    ).fetchall()
    assert rows == [("aws", "Amazon Elastic Compute Cloud"), ("google", "Compute Engine")]
    figures = con.execute(
        """select provider_amount, ratio = provider_amount / harmonised_amount from rpt_provider_vs_harmonised
        where provider = 'aws' and accounting_basis = 'location' and period_month = '2026-08-01'"""
    ).fetchall()
    assert figures == [(pytest.approx(40), True)]


def test_the_second_key_shows_how_much_the_split_depends_on_the_first(con):
    # August, 40 kg: 30 : 10 hours by harmonised kg; the single SKU's quantity says the same.
    rows = con.execute(
        """select project_id, allocation_key, second_key, amount, amount_second_key from rpt_key_sensitivity
        where provider = 'aws' and accounting_basis = 'location' and period_month = '2026-08-01' order by 1"""
    ).fetchall()
    assert rows == [
        ("P1", "harmonised_kg", "usage_quantity", pytest.approx(10), pytest.approx(10)),
        ("P2", "harmonised_kg", "usage_quantity", pytest.approx(30), pytest.approx(30)),
    ]
