"""Purchases from invoice to ledger: every figure below is worked out by hand in the comment beside it."""

import duckdb
import pytest

from tests.ledger import purchase_world, world


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    folder = tmp_path_factory.mktemp("purchases")
    world.write(folder, purchase_world.overrides())
    assert world.build(folder, *world.INVARIANTS) == (0, {}), "models and invariants hold"
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
        ("ap1", 3, "OpenAI", "covered_by", "model_api", 500, "USD"),
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
        "select project_id, metric, quantity, source_id from fct_volumes order by 1, 2, 4"
    ).fetchall()
    assert rows == [
        ("P1", "requests", 1_000_000, "apps"), ("P1", "tokens", 9_000_000, "model_api"),
        ("P2", "input_tokens", 30_000_000, "openai"), ("P2", "output_tokens", 9_000_000, "openai"),
        ("P2", "requests", 500_000, "apps"), ("P2", "requests", 600, "openai"), ("P2", "users", 40, "apps"),
        (None, "input_tokens", 10_000_100, "openai"), (None, "output_tokens", 4_000_000, "openai"),
        (None, "requests", 201, "openai"),
    ]  # fmt: skip


def used(con, project, who):
    return con.execute(
        """select activity_type, ghg_category, scope, part, accounting_basis, basis_origin, amount, lifecycle_phase,
        lifecycle_activity from fct_emissions_allocated
        where claim_id like 'usage|' || ? || '|' || ? || '|%' order by ghg_category, part, accounting_basis""", [project, who]
    ).fetchall()  # fmt: skip


def test_customers_devices_are_3_11_and_the_network_to_them_3_1(con):
    # 1,000,000 requests × 0.0002 kWh × 0.25 = 50 kg; 1,000,000 × 0.05/59 GB × 0.059 kWh/GB = 50 kWh = 12.5 kg.
    # The market basis has no factor of its own: the location's stands in.
    assert used(con, "P1", "customers") == [
        (
            "product_use",
            "3.1",
            3,
            "electricity",
            "location",
            "computed",
            pytest.approx(12.5),
            "usage",
            "network",
        ),
        (
            "product_use",
            "3.1",
            3,
            "electricity",
            "market",
            "substituted",
            pytest.approx(12.5),
            "usage",
            "network",
        ),
        (
            "product_use",
            "3.11",
            3,
            "electricity",
            "location",
            "computed",
            pytest.approx(50),
            "usage",
            "end_user_device",
        ),
        (
            "product_use",
            "3.11",
            3,
            "electricity",
            "market",
            "substituted",
            pytest.approx(50),
            "usage",
            "end_user_device",
        ),
    ]
    steps = con.execute(
        """select distinct step, factors.factor_id, factors.unit from fct_emissions inner join bridge_emission_factors as factors
        using (factor_chain_id) where claim_id = 'usage|P1|customers|YY|apps|-|network' order by 1"""
    ).fetchall()
    assert steps == [
        (1, "usage.P1.customers.YY.apps.-.network.2026-01-01", "GB/request"),
        (2, "net-swdm4-network-operational", "kWh/GB"),
        (3, "yy", "kg CO2e/kWh"),
    ]


def test_staff_at_home_is_3_7_and_own_devices_outside_any_bill_scope_2(con):
    # 150,000 × 0.002 = 300 kWh and 50,000 × 0.01 = 500 kWh, at 0.020, 0.012 and 0.0022 kg/kWh.
    home = {(row[1], row[3], row[4]): row[6] for row in used(con, "P2", "own_staff_at_home")}
    assert home == {
        ("3.7", "electricity", "location"): pytest.approx(6), ("3.7", "electricity", "market"): pytest.approx(6),
        ("3.7", "energy_upstream", "both"): pytest.approx(3.6), ("3.7", "grid_losses", "both"): pytest.approx(0.66),
    }  # fmt: skip
    own = {(row[1], row[2], row[3], row[4]): row[6] for row in used(con, "P2", "own_device")}
    assert own == {
        ("2.electricity", 2, "electricity", "location"): pytest.approx(10),
        ("2.electricity", 2, "electricity", "market"): pytest.approx(10),
        ("3.3", 3, "energy_upstream", "both"): pytest.approx(6), ("3.3", 3, "grid_losses", "both"): pytest.approx(1.1),
    }  # fmt: skip


def test_staff_on_site_is_a_slice_of_the_bill_and_no_new_kilogram(con):
    # 300,000 requests × 0.004 kWh = 1,200 of the 24,000 kWh that the bill holds outside IT.
    slices = con.execute(
        """select boundary, project_id, lifecycle_activity, fsum(key_quantity) from fct_allocation
        where claim_id = 'meter|dc|m1' and (lifecycle_phase = 'usage' or boundary = 'outside_it') group by all order by 1"""
    ).fetchall()
    assert slices == [
        ("ai", "P2", "end_user_device", pytest.approx(1_200)), ("outside_it", None, None, pytest.approx(22_800)),
    ]  # fmt: skip
    bill = con.execute(
        """select fsum(amount) from fct_emissions where claim_id = 'meter|dc|m1' and is_reported and part = 'electricity'
        and accounting_basis = 'location' and indicator = 'gwp'"""
    ).fetchall()
    assert bill == [(pytest.approx(2_000),)]
    assert used(con, "P2", "own_staff_on_site") == []


def test_devices_in_the_offices_take_none_of_its_cooling(con):
    # The chiller's 2 kg R-32 × 771 + 2 kg R-125 × 3,740 = 9,022 kg, 75 % of it IT's: P2 has 12,000 of 60,000 kWh of IT, as
    # if nobody sat in the offices. Nor has cooling water, litres of IT's kWh, a slice of them.
    slices = con.execute(
        """select claim_id, project_id, lifecycle_activity, fsum(share) from fct_allocation
        where boundary = 'ai' and (claim_id = 'water|dc' or claim_id in (
            select claim_id from fct_emissions where estimate_id = 'refrigerant_log'))
        group by all order by all"""
    ).fetchall()
    assert "end_user_device" not in {activity for _, _, activity, _ in slices}
    kilograms = con.execute(
        """select fsum(amount) from fct_emissions_allocated where estimate_id = 'refrigerant_log' and scope = 1
        and project_id = 'P2'"""
    ).fetchall()
    assert kilograms == [(pytest.approx(9_022 * 0.75 * 12 / 60),)]
    water = con.execute(
        "select fsum(share) from fct_allocation where claim_id = 'water|dc' and project_id = 'P2'"
    ).fetchall()
    assert water == [(pytest.approx(12 / 60),)]


def test_hours_of_staff_on_site_are_a_slice_of_their_laptops_making(con):
    # 300,000 requests × 0.0005 h = 150 of 4 × 150 paid hours: a quarter of 8 kg a month, of 576 kg bought. No new kilogram.
    rows = con.execute(
        """select recognition, claim_id, coalesce(project_id, boundary), lifecycle_activity, fsum(amount)
        from fct_emissions_allocated where claim_id in ('hardware|dc|laptop', 'order|unknown|asset L') and indicator = 'gwp'
        group by all order by all"""
    ).fetchall()
    assert rows == [
        ("acquisition", "order|unknown|asset L", "P2", "end_user_device", pytest.approx(144)),
        ("acquisition", "order|unknown|asset L", "unattributed", None, pytest.approx(432)),
        ("amortised", "hardware|dc|laptop", "P2", "end_user_device", pytest.approx(2)),
        ("amortised", "hardware|dc|laptop", "unattributed", None, pytest.approx(6)),
    ]


def test_requests_foot_and_what_no_profile_posts_is_a_key_only(con):
    # P1 1,000,000 and P2 200,000 are multiplied; P2's 300,000 on site are not.
    rows = con.execute(
        """select measure, stated, ai, key_only, difference from rpt_conservation
        where check_name = 'volumes' and document_sha256 = 'v1' order by 1"""
    ).fetchall()
    assert rows == [("requests", 1_500_000, 1_200_000, 300_000, 0), ("users", 40, 0, 40, 0)]
