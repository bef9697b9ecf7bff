"""The small world built once: every figure below is worked out by hand in the comment beside it."""

import math

import duckdb
import pytest


@pytest.fixture(scope="module")
def con(small_world):
    folder, code, failed = small_world
    assert (code, failed) == (0, {}), "models, unit tests and invariants hold"
    with duckdb.connect(str(folder / "build.duckdb"), read_only=True) as opened:
        yield opened


def one(con, sql):
    return con.execute(sql).fetchall()[0][0]


def monthly(con, level, total, basis="location", recognition="amortised", where="true", indicator="gwp"):
    return con.execute(
        f"""select amount, amount_low, amount_high from rpt_monthly where level = '{level}' and total = '{total}'
        and accounting_basis = '{basis}' and recognition = '{recognition}' and "window" = 'month'
        and indicator = '{indicator}' and {where}"""
    ).fetchall()[0]


def test_ai_other_it_not_it_and_undecided_add_up_to_the_bill(con):
    # September of the bills: 93,000 × 20/31 + 120,000 × 10/30 = 60,000 + 40,000 = 100,000 kWh. IT feed 76 %: 24,000 is not
    # IT. IT 60,000 = P1 20,000 + P2 10,000 + idle 6,000 + ERP 20,000 + undecided 4,000; overhead 16,000 follows IT (4/15).
    rows = con.execute(
        """select boundary, coalesce(project_id, '-'), fsum(key_quantity) from fct_allocation
        where claim_id = 'meter|dc|m1' group by 1, 2 order by 1, 2"""
    ).fetchall()
    expected = {
        ("ai", "P1"): (20000 + 4000) * 76 / 60, ("ai", "P2"): (10000 + 2000) * 76 / 60,
        ("outside_ai", "-"): 20000 * 76 / 60, ("outside_it", "-"): 24000, ("unattributed", "-"): 4000 * 76 / 60,
    }  # fmt: skip
    found = {(boundary, project): kwh for boundary, project, kwh in rows}
    assert found == pytest.approx(expected) and math.fsum(found.values()) == pytest.approx(100_000)


def test_idle_boards_follow_direct_use_and_overhead_follows_it(con):
    parts = dict(con.execute(
        "select allocation_part, fsum(key_quantity) from fct_allocation where claim_id = 'meter|dc|m1' and project_id = 'P1' group by 1"
    ).fetchall())  # fmt: skip
    # Idle 6,000 by direct board kWh 20 : 10 → 4,000 for P1; overhead (20,000 + 4,000) × 16/60 = 6,400.
    assert parts == pytest.approx({"direct": 20_000, "idle": 4_000, "overhead": 6_400})


def test_the_utility_meter_wins_over_the_telemetry_inside_it(con):
    rows = con.execute(
        "select estimate_id, is_reported, not_reported_reason, quantity from fct_emissions where part = 'grid_losses' order by 1"
    ).fetchall()
    # Telemetry: (36,000 boards + 20,000 load) × 76/60.
    assert rows == [
        ("telemetry", False, "outranked", pytest.approx(56000 * 76 / 60)),
        ("utility_bill", True, None, 100_000),
    ]


def test_scope_2_and_3_3_of_the_meter(con):
    rows = dict(con.execute(
        """select ghg_category, fsum(amount) from fct_emissions where claim_id = 'meter|dc|m1' and is_reported
        and indicator = 'gwp' and accounting_basis != 'market' group by 1"""
    ).fetchall())  # fmt: skip
    # 100,000 × .020; 100,000 × (.012 + .0022).
    assert rows == pytest.approx({"2.electricity": 2000, "3.3": 1420})


def test_the_official_totals(con):
    # Meter IT share .76 × 3,420 = 2,599.2; cloud 500; server B 21.6667; tokens 43 → 3,163.8667. AI: meter .456 × 3,420 + 543.
    # Generator (1,580.1 + 372) by the same shares; leak 9,022, of which the chiller's IT share .75 by IT kWh (AI .6).
    generator, leak = 1580.1 + 372, 0.75 * 9022
    assert monthly(con, "total", "it")[0] == pytest.approx(0.76 * (3420 + generator) + 543 + 1560 / 72 + leak)
    assert monthly(con, "total", "ai")[0] == pytest.approx(0.456 * (3420 + generator) + 543 + 0.6 * leak)
    # Undecided: 4,000 × 76/60 of the meter, and a sixth of the server (4,000 of 24,000 other IT kWh).
    assert monthly(con, "total", "undecided")[0] == pytest.approx(
        0.05066666666666667 * (3420 + generator) + 1560 / 72 / 6 + leak / 15
    )
    assert monthly(con, "total", "it", recognition="acquisition")[0] == pytest.approx(
        0.76 * (3420 + generator) + 543 + 1560 + leak
    )
    assert monthly(con, "total", "it", basis="market")[0] == pytest.approx(
        0.76 * (3420 + generator) + 263 + 1560 / 72 + leak
    )


def by(con, dims, where):
    return {tuple(row[:-1]): row[-1] for row in con.execute(
        f"select {dims}, fsum(amount) from fct_emissions_allocated where {where} group by all"
    ).fetchall()}  # fmt: skip


def test_the_generator_s_gases_stand_apart_and_are_shared_like_the_meter(con):
    gases = by(con, "ghg_category, gas", "claim_id = 'fuel|dc|gen1'")
    assert gases == pytest.approx({
        ("1.stationary", "co2"): 1560, ("1.stationary", "ch4"): 2.1, ("1.stationary", "n2o"): 18,
        ("3.3", "unsplit"): 372, ("memo.biogenic", "unsplit"): 96,
    })  # fmt: skip
    slices = by(con, "boundary, project_id", "claim_id = 'fuel|dc|gen1' and scope = 1")
    assert slices == pytest.approx({
        ("ai", "P1"): 1580.1 * 0.304, ("ai", "P2"): 1580.1 * 0.152, ("outside_ai", None): 1580.1 * 0.76 / 3,
        ("outside_it", None): 1580.1 * 0.24, ("unattributed", None): 1580.1 * 0.76 / 15,
    })  # fmt: skip


def test_a_leak_of_a_chiller_that_also_cools_offices(con):
    # 2 kg R-32 × 771 + 2 kg R-125 × 3,740 = 9,022; a quarter is not IT, the rest by IT kWh. R-22 stands in no total.
    assert by(con, "ghg_category, gas", "estimate_id = 'refrigerant_log'") == pytest.approx(
        {("1.fugitive", "hfc"): 9022, ("memo.non_kyoto", "non_kyoto"): 1960}
    )
    slices = by(con, "boundary, project_id", "estimate_id = 'refrigerant_log' and scope = 1")
    assert slices == pytest.approx({
        ("ai", "P1"): 2706.6, ("ai", "P2"): 1353.3, ("outside_ai", None): 2255.5, ("outside_it", None): 2255.5,
        ("unattributed", None): 451.1,
    })  # fmt: skip
    # The same kilograms under the other reports, beside it: 2 × 677 + 2 × 3,170 and 2 × 675 + 2 × 3,500.
    sets = dict(con.execute(
        "select gwp_set, fsum(amount) from rpt_gwp_sets where ghg_category = '1.fugitive' group by 1"
    ).fetchall())  # fmt: skip
    assert sets == pytest.approx({"AR6": 9022, "AR5": 7694, "AR4": 8350})


def test_heating_is_not_it(con):
    # 1,000 kWh × (.18259 + .00028 + .00009), UK DESNZ 2025; a note says that the edition has ended.
    assert by(con, "boundary, scope", "claim_id = 'fuel|dc|boiler' and scope = 1") == pytest.approx(
        {("outside_it", 1): 182.96}
    )
    assert one(con, "select count(*) from rpt_warnings where code = 'stale_fuel_factor'") == 1


def test_tokens_of_a_hosted_model(con):
    # 12 Mtoken × 100/12 kWh × PUE 1 × .4 = 40, market too (substituted); hardware 12 × .25 = 3: 43 in each basis. Bounds: method
    # −50/+100 % in one group, input tokens +10 % on top: 21.5 and 43 + 43 + 4.3.
    rows = con.execute(
        """select part, accounting_basis, basis_origin, amount from fct_emissions
        where claim_id = 'tokens|openai|org|gpt-4o' and indicator = 'gwp' and is_reported order by 1, 2"""
    ).fetchall()
    assert rows == [
        ("electricity", "location", "computed", pytest.approx(40)),
        ("electricity", "market", "substituted", pytest.approx(40)),
        ("hardware", "both", "computed", pytest.approx(3)),
    ]
    bounds = con.execute(
        """select total, low, high from interval_by('all', 1, claim_id like 'tokens|%' and indicator = 'gwp'
        and accounting_basis in ('location', 'both'))"""
    ).fetchall()[0]
    assert bounds == pytest.approx((43, 21.5, 90.3))
    # 9 of 12 million by the project that a rule knows; the rest is nobody's and AI all the same.
    shares = con.execute(
        """select boundary, project_id, lifecycle_phase, share from fct_allocation
        where claim_id like 'tokens|%' order by share"""
    ).fetchall()
    assert shares == [("ai", None, "unattributed", 0.25), ("ai", "P2", "production", 0.75)]


def test_tokens_of_an_unknown_model_count_nothing_and_say_so(con):
    rows = con.execute(
        "select model, status, output_tokens, remedy is not null from rpt_coverage_models order by 1"
    ).fetchall()
    assert rows == [
        ("gpt-4o", "estimated", 12e6, False),
        ("gpt-image-1", "no_coefficient", 0, True),
        ("no-such-model", "unknown_model", 1e6, True),
    ]
    assert one(con, "select count(*) from rpt_warnings where code = 'unknown_model'") == 1
    volumes = dict(con.execute("select metric, fsum(quantity) from fct_volumes group by 1").fetchall())
    assert volumes == {"input_tokens": 40_000_100, "output_tokens": 13e6, "requests": 801}


def test_images_are_counted_and_post_nothing(con):
    assert one(con, "select count(*) from fct_emissions where claim_id like '%gpt-image-1'") == 0
    counted = "select counted, counted_unit from rpt_coverage_models where model = 'gpt-image-1'"
    assert con.execute(counted).fetchall() == [(5, "image")]
    conserved = "select stated, excluded from rpt_conservation where measure = 'images'"
    assert con.execute(conserved).fetchall() == [(5, 5)]
    left_out = "select code, quantity, unit from rpt_exclusions where measure = 'images'"
    assert con.execute(left_out).fetchall() == [("no_factor", 5, "image")]


def test_impacts_beside_carbon_follow_the_meters_kwh(con):
    # 100,000 kWh × 5e-8 kg Sb-eq, 9 MJ, 3 L; 76 % of it is IT. They stand in both bases alike, and the estimate that
    # lost (telemetry) posts carbon alone. Bounds: adpe ± √(2 %² + 50 %²), pe ± √(2 %² + 20 %²).
    rows = con.execute(
        """select indicator, accounting_basis, scope, ghg_category, amount, (amount_high - amount) / amount from fct_emissions
        where claim_id = 'meter|dc|m1' and indicator != 'gwp' order by 1"""
    ).fetchall()
    half, fifth = math.hypot(0.02, 0.5), math.hypot(0.02, 0.2)
    expected = [("adpe", 0.005, half), ("pe", 900_000, fifth), ("water_consumption", 300_000, half)]
    # The hardware behind 12 Mtoken: 1e-6 kg Sb-eq and .5 MJ each.
    tokens = {"adpe": 12e-6, "pe": 6.0, "water_consumption": 0.0}
    assert [(row[0], *row[4:]) for row in rows] == [
        (name, pytest.approx(amount), pytest.approx(bound)) for name, amount, bound in expected
    ]
    assert {row[1:4] for row in rows} == {("both", 2, "2.electricity")}
    for name, amount, _ in expected:
        for basis in ("location", "market"):
            assert monthly(con, "total", "it", basis, indicator=name)[0] == pytest.approx(
                0.76 * amount + tokens[name]
            )
        assert monthly(con, "total", "ai", indicator=name)[0] == pytest.approx(0.456 * amount + tokens[name])
        assert monthly(con, "project", "ai", indicator=name, where="project_id = 'P1'")[0] == pytest.approx(
            0.304 * amount
        )


def test_cooling_water_is_estimated_from_the_kwh_of_it_and_belongs_to_it_alone(con):
    # 60,000 kWh of IT × 1.2 L = 72,000 L ± 30 %; P1 and P2 have 36,000 of the 60,000 kWh.
    rows = con.execute(
        "select estimate_id, scope, ghg_category, amount, amount_high from fct_emissions where claim_id = 'water|dc'"
    ).fetchall()
    assert rows == [("wue", 3, "3.1", pytest.approx(72_000), pytest.approx(93_600))]
    assert monthly(con, "total", "it", indicator="water_withdrawal")[0] == pytest.approx(72_000)
    assert monthly(con, "total", "ai", indicator="water_withdrawal")[0] == pytest.approx(43_200)


def test_a_server_older_than_six_years_adds_nothing(con):
    assert one(con, "select count(*) from fct_asset_months where asset_id = 'A'") == 0
    assert one(
        con, "select fsum(amount) from fct_emissions where recognition = 'amortised'"
    ) == pytest.approx(1560 / 72)


def test_the_interval_of_the_undivided_meter(con):
    # 3,420 ± √((.02 × 3,420)² + 200² + 360² + 44²) = ± 419.779
    low, high = con.execute(
        "select low, high from interval_by('all', 1, claim_id = 'meter|dc|m1' and indicator = 'gwp' and accounting_basis != 'market')"
    ).fetchall()[0]
    assert (3420 - low, high - 3420) == pytest.approx((419.77918, 419.77918))


@pytest.mark.parametrize("indicator", ["gwp", "adpe", "pe"])
def test_the_kept_macro_and_the_report_agree(con, indicator):
    dims = {"phase": "lifecycle_phase", "scope": "scope", "site": "site_id", "source": "source_id"}
    for level, dim in dims.items():
        report = con.execute(
            f"""select {dim}, amount, amount_low, amount_high from rpt_monthly where level = '{level}' and total = 'it'
            and accounting_basis = 'location' and recognition = 'amortised' and "window" = 'month' and indicator = '{indicator}'
            and amount_low > 0 order by 1"""
        ).fetchall()
        macro = {k: row for k, *row in con.execute(
            f"""from interval_by({dim}, 1, scope is not null and boundary != 'outside_it' and indicator = '{indicator}'
            and accounting_basis in ('location', 'both') and recognition in ('flow', 'amortised'))"""
        ).fetchall()}  # fmt: skip
        assert report and all(list(figures) == pytest.approx(macro[key]) for key, *figures in report)


def test_errors_of_one_group_cancel_in_a_difference(con):
    (body,) = con.execute(
        "select macro_definition from duckdb_functions() where function_name = 'interval_by'"
    ).fetchall()[0]
    with duckdb.connect() as own:
        own.execute(
            """create table fct_emissions_allocated as select * from (values ('a', 600.0, date '2026-08-01'), ('b', 550.0, date '2026-09-01'))
            as t(emission_id, amount, period_month) cross join (select 'aws' as claim_id, 'aws' as uncertainty_profile, 1.0 as share, 0.0 as key_rel)"""
        )
        own.execute("alter table fct_emissions_allocated add column emission_amount double")
        own.execute("update fct_emissions_allocated set emission_amount = amount")
        own.execute(
            "create table dim_uncertainty as select 'aws' as profile, 'model' as uncertainty_group, 'noise' as kind, -0.2 as rel_low, 0.2 as rel_high"
        )
        own.execute(f"create macro interval_by(dims, weight, keep) as table {body}")
        difference = "select total, low, high from interval_by('d', case when period_month = '2026-09-01' then 1 else -1 end, true)"
        # 550 − 600 in one group of 20 %: −50 ± 10. As if independent: ± √(110² + 120²) = ± 162.8.
        assert own.execute(difference).fetchall() == [pytest.approx((-50, -60, -40))]
        own.execute(
            "update fct_emissions_allocated set uncertainty_profile = 'other' where emission_id = 'a'"
        )
        own.execute("insert into dim_uncertainty values ('other', 'other model', 'noise', -0.2, 0.2)")
        assert own.execute(difference).fetchall() == [pytest.approx((-50, -212.788, 112.788), abs=1e-3)]


def test_conservation_names_every_document_and_foots(con):
    rows = con.execute(
        "select check_name, stated, excluded, difference from rpt_conservation where check_name = 'bill'"
    ).fetchall()
    # 213,000 kWh billed; 33,000 of August and 80,000 of October stand outside the build's month.
    assert rows == [("bill", 213_000, pytest.approx(113_000), pytest.approx(0, abs=1e-6))]


def test_what_runs_tell_of_themselves_is_seen_and_never_added(con):
    # CodeCarbon's two runs read 45 kWh each of one node at one time, with a PUE of 1.125: 40 kWh of IT, once. MLflow logged
    # 40 kWh for the same run and 10 kWh for one nested in it. The boards of the node stand further out than all of them.
    rows = con.execute(
        "select source_id, job_id, project_id, reason, kwh from fct_energy where source_id in ('runs', 'files') order by all"
    ).fetchall()
    assert rows == [
        ("files", "c1", "P2", "duplicate", 20.0),
        ("files", "c1", "P2", "inner_measure", 20.0),
        ("files", "c2", "P2", "duplicate", 20.0),
        ("files", "c2", "P2", "inner_measure", 20.0),
        ("runs", "server|r1", "P2", "inner_measure", 40.0),
        ("runs", "server|r2", "P2", "inner_measure", 10.0),
    ]
    foot = con.execute(
        "select stated, key_only, excluded, difference from rpt_conservation where check_name = 'runs' order by all"
    ).fetchall()
    assert foot == [(50.0, 0, 50.0, 0), (80.0, 0, 80.0, 0)]


PROMISED = {
    "fct_emissions": "emission_id claim_id estimate_id part covers period_month data_status entry source_id delivery_id"
    " document_sha256 document_row model_version retrieved_at activity_id activity_type quantity unit entity_id"
    " organization_unit site_id asset_id resource_id region provider service scope provider_scope ghg_category lca_stage"
    " recognition accounting_basis basis_origin estimate_basis gap_fill tier is_reported not_reported_reason indicator gas"
    " gwp_set amount amount_low amount_high factor_id factor_value factor_unit factor_vintage instrument_id"
    " factor_chain_id uncertainty_profile",
    "fct_allocation": "claim_id period_month slice_id boundary boundary_rule boundary_evidence project_id lifecycle_phase"
    " lifecycle_activity phase_rule phase_evidence allocation_part allocation_key key_quantity key_total key_unit"
    " key_document_sha256 key_rel share",
    "fct_emissions_allocated": "emission_id slice_id amount emission_amount share boundary is_reported scope",
    "fct_statement_lines": "claim_id period_month provider measure unit amount provider_scope accounting_basis"
    " model_version delivery_id document_sha256 document_row is_current",
    "fct_energy": "period_month site_id device_id job_id claim_id energy_source used_as project_id kwh tier source_id",
    "fct_asset_months": "asset_id period_month",
    "fct_volumes": "period_month project_id metric quantity",
    "fct_emission_uncertainty": "emission_id uncertainty_group",
    "dim_uncertainty": "profile uncertainty_group kind rel_low rel_high",
    "bridge_emission_documents": "emission_id document_sha256 rows quantity",
    "bridge_emission_factors": "factor_chain_id step factor_id value unit",
    "rpt_monthly": "level period_month scope ghg_category lifecycle_phase project_id source_id site_id indicator"
    " accounting_basis recognition total window amount amount_low amount_high share_metered weakest_tier data_status",
    "rpt_conservation": "check_name delivery_id document_sha256 period_month measure unit accounting_basis provider_scope"
    " part stated ai outside_ai outside_it unattributed key_only excluded rejected difference tolerance",
    "rpt_coverage": "source_id period_month status reason documents rows_accepted rows_rejected estimated_amount",
    "rpt_restatements": "period_month revision emission_id level cause old_amount new_amount difference status reason"
    " approved_by approved_at",
} | dict.fromkeys(
    (
        "dim_project", "dim_source", "dim_factor", "dim_document", "dim_site", "dim_asset", "dim_month", "dim_entity",
        "dim_instrument", "rpt_targets", "rpt_budgets", "rpt_data_quality", "rpt_offsets", "rpt_disclosure_e1",
        "rpt_provider_vs_harmonised",
    ),
    "",
)  # fmt: skip


@pytest.mark.parametrize("table", PROMISED)
def test_promised_tables_and_columns_are_there_and_described(con, table):
    found = dict(
        con.execute(
            "select column_name, comment from duckdb_columns() where schema_name = 'main' and table_name = ?",
            [table],
        ).fetchall()
    )
    assert set(PROMISED[table].split()) <= set(found) and found
    assert all(found.values()), "every column is described"


def test_promised_types(con):
    types = dict(
        con.execute(
            "select column_name, data_type from duckdb_columns() where schema_name = 'main' and table_name = 'fct_emissions'"
        ).fetchall()
    )
    expected = {
        "period_month": "DATE", "scope": "TINYINT", "covers": "VARCHAR[]", "is_reported": "BOOLEAN", "gap_fill": "BOOLEAN",
        "amount": "DOUBLE", "quantity": "DOUBLE", "document_row": "BIGINT", "retrieved_at": "TIMESTAMP",
    }  # fmt: skip
    assert {name: types[name] for name in expected} == expected
