"""Purchases from invoice to ledger: every figure below is worked out by hand in the comment beside it."""

import duckdb
import pytest

from tests.ledger import purchase_world, world


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    folder = tmp_path_factory.mktemp("purchases")
    world.write(folder, purchase_world.overrides())
    assert world.build(folder, "--exclude-resource-type", "unit_test") == (0, {}), (
        "models and invariants hold"
    )
    with duckdb.connect(str(folder / "build.duckdb"), read_only=True) as opened:
        yield opened


def row(con, claim):
    return con.execute(
        """select emissions.amount, amount_low, amount_high, entry, ghg_category, part, tier, quantity, unit, boundary, project_id
        from fct_emissions as emissions inner join fct_allocation as shares using (claim_id, period_month)
        where claim_id = ? and is_reported""", [claim]
    ).fetchall()  # fmt: skip


def test_a_licence_counts_net_in_dollars_of_2022_by_its_sector(con):
    # 10,000 EUR net of 2,000 VAT ÷ 0.884956 EUR/USD × 0.932946 (prices of 2022) × 0.08 kg/USD = 843.383 kg, ± 80 %.
    kg = 10000 / 0.884956 * 0.932946 * 0.08
    assert kg == pytest.approx(843.383, abs=1e-3)
    assert row(con, "purchase|lexica sarl|L-1|1") == [
        (*map(pytest.approx, (kg, kg * 0.2, kg * 1.8)), "original", "3.1", "services", "spend", 10_000, "EUR", "ai", "P1")
    ]  # fmt: skip
    steps = con.execute(
        """select step, factors.factor_id, factors.value from fct_emissions inner join bridge_emission_factors as factors
        using (factor_chain_id) where claim_id = 'purchase|lexica sarl|L-1|1' order by 1"""
    ).fetchall()
    assert steps == [
        (1, "fx.EUR.USD.2026", pytest.approx(1 / 0.884956)),
        (2, "prices.USD.2024", 0.932946),
        (3, "us-eeio13-511210-with-margins", 0.08),
    ]


def test_a_credit_note_takes_its_amount_back_as_a_marked_correction(con):
    # −1,000 EUR: a tenth of the licence.
    amount, low, high, entry, *_ = row(con, "purchase|lexica sarl|L-2|1")[0]
    assert (amount, entry) == (pytest.approx(-84.3383, abs=1e-4), "correction")
    assert (low, high) == pytest.approx((amount * 1.8, amount * 0.2))


def test_a_line_without_category_takes_its_suppliers_and_without_rule_is_undecided(con):
    # 2,000 ÷ 0.884956 × 0.932946 × 0.09 (technical consulting) = 189.761 kg.
    amount, *_, boundary, project = row(con, "purchase|conseil & co|C-1|1")[0]
    assert (amount, boundary, project) == (pytest.approx(189.761, abs=1e-3), "unattributed", None)


def test_a_computer_that_no_register_holds_is_3_2(con):
    # 1,000 ÷ 0.884956 × 0.932946 × 0.058 = 61.145 kg.
    amount, _, _, _, category, part, *_ = row(con, "purchase|dell|D-2|1")[0]
    assert (amount, category, part) == (pytest.approx(61.145, abs=1e-3), "3.2", "hardware")


def test_the_vendors_own_statement_stands_in_place_of_its_invoice(con):
    # 122 kg over 61 days: September 60 kg on both bases, the market one substituted; August is outside the report.
    rows = con.execute(
        """select claim_id, accounting_basis, basis_origin, amount, tier, ghg_category, boundary from fct_emissions
        inner join fct_allocation using (claim_id, period_month) where provider = 'workdesk' order by 2"""
    ).fetchall()
    assert rows == [
        ("vendor|workdesk|all", "location", "stated", pytest.approx(60), "provider_reported", "3.1", "outside_ai"),
        ("vendor|workdesk|all", "market", "substituted", pytest.approx(60), "provider_reported", "3.1", "outside_ai"),
    ]  # fmt: skip
    assert row(con, "purchase|workdesk|W-1|1") == []


def test_every_excluded_line_is_listed_with_its_code_and_what_covers_it(con):
    rows = con.execute(
        """select document_sha256, document_row, subject, code, covered_by, quantity, unit from rpt_exclusions
        where check_name = 'invoice' order by 1, 2"""
    ).fetchall()
    assert rows == [
        ("ap1", 3, "OpenAI", "covered_by", "openai", 500, "USD"),
        ("ap1", 4, "Workdesk", "covered_by", "vendors", 3000, "EUR"),
        ("ap1", 6, "Conseil & Co", "tax", None, 55, "EUR"),
        ("ap1", 7, "Dell", "covered_by", "register", 9000, "EUR"),
        ("ap1", 9, "Volt", "no_factor", None, 700, "EUR"),
        ("ap1", 11, "Lexica SARL", "other_period", None, 100, "EUR"),
        ("ap2", 1, "LEXICA SARL ", "duplicate", None, 10000, "EUR"),
    ]
    evidence = con.execute("select evidence from rpt_exclusions where subject = 'OpenAI'").fetchall()
    assert evidence == [("suppliers.csv, OpenAI.*: usage by token",)]


def test_a_cover_that_did_not_come_leaves_the_line_to_spend_and_says_so(con):
    # 100 ÷ 0.884956 × 0.932946 × 0.093 (hosting) = 9.804 kg.
    assert row(con, "purchase|cumulus|K-1|1")[0][0] == pytest.approx(9.804, abs=1e-3)
    warned = con.execute(
        "select code, subject from rpt_warnings where code like 'purchase%' order by 1"
    ).fetchall()
    assert warned == [("purchase_stands_in", "Cumulus"), ("purchase_without_factor", "Volt")]


def test_net_amounts_foot_per_document_and_currency(con):
    # ap1 in EUR: 10,000 − 1,000 + 3,000 + 2,000 + 55 + 9,000 + 1,000 + 700 + 100 + 100 = 24,955; used as AI 9,000, undecided
    # 2,000 + 1,000 + 100, excluded 3,000 + 55 + 9,000 + 700 + 100. No VAT anywhere.
    rows = con.execute(
        """select document_sha256, unit, stated, ai, unattributed, excluded, difference from rpt_conservation
        where check_name = 'invoice' order by 1, 2"""
    ).fetchall()
    assert rows == [
        ("ap1", "EUR", 24_955, 9_000, 3_100, 12_855, 0),
        ("ap1", "USD", 500, 0, 0, 500, 0),
        ("ap2", "EUR", 10_000, 0, 0, 10_000, 0),
    ]
    kilograms = con.execute(
        "select stated, outside_ai, excluded from rpt_conservation where check_name = 'vendor_statement'"
    ).fetchall()
    assert kilograms == [(122, pytest.approx(60), pytest.approx(62))]


def test_volumes_of_every_source_stand_in_one_table(con):
    rows = con.execute(
        "select project_id, metric, quantity, source_id from fct_volumes order by 1, 2"
    ).fetchall()
    assert rows == [
        ("P1", "requests", 1_000_000, "apps"), ("P1", "tokens", 9_000_000, "openai"), ("P2", "users", 40, "apps"),
    ]  # fmt: skip
