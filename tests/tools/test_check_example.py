"""What the example must hold is missed when it is not there."""

import duckdb
import pytest

from tools.check_example import shortcomings

# scope, category, indicator, basis, recognition, boundary, amount
ROWS = [
    (1, "1.stationary", "gwp", "both", "flow", "ai", 2.0),
    (2, "2.electricity", "gwp", "location", "flow", "ai", 3.0),
    (2, "2.electricity", "gwp", "market", "flow", "ai", 1.0),
    (3, "3.2", "gwp", "both", "amortised", "outside_ai", 4.0),
    (3, "3.2", "adpe", "both", "amortised", "ai", 0.1),
    (2, "2.electricity", "pe", "both", "flow", "ai", 9.0),
    (3, "3.1", "water_withdrawal", "both", "flow", "ai", 9.0),
    (3, "3.2", "ewaste_kg", "both", "amortised", "ai", 9.0),
    (None, "memo.biogenic", "co2_biogenic", "both", "flow", "ai", 0.2),
    (None, "memo.non_kyoto", "gwp", "both", "flow", "ai", 1960.0),
]


@pytest.fixture
def write(tmp_path):
    def write(rows, status="over_claim"):
        path = tmp_path / "footing.duckdb"
        with duckdb.connect(str(path)) as con:
            con.execute(
                "create table fct_emissions(scope tinyint, ghg_category varchar, indicator varchar, accounting_basis varchar,"
                " recognition varchar, boundary varchar, amount double, is_reported boolean)"
            )
            con.executemany("insert into fct_emissions values (?, ?, ?, ?, ?, ?, ?, true)", rows)
            con.execute("create view fct_emissions_allocated as from fct_emissions")
            con.execute(f"create table rpt_instruments as select '{status}' as status")
        return path

    return write


def test_an_example_with_everything_lacks_nothing(write):
    assert shortcomings(write(ROWS)) == []


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        (0, ["scope 1, location: 0", "scope 1, market: 0"]),
        (1, ["scope 2, location: 0"]),
        (2, ["scope 2, market: 0"]),
        (3, ["scope 3, location: 0", "scope 3, market: 0"]),
        (4, ["indicators above 0: ewaste_kg, gwp, pe, water_withdrawal;"]),
        (8, ["memo.biogenic: no row"]),
        (9, ["memo.non_kyoto: no row"]),
    ],
)
def test_what_is_left_out_is_missed(write, left_out, said):
    found = shortcomings(write([row for n, row in enumerate(ROWS) if n != left_out]))
    assert len(found) == len(said)
    assert all(line.startswith(words) for line, words in zip(found, said, strict=True))


def test_what_offices_burn_is_no_it_and_a_used_certificate_no_over_claim(write):
    offices = [(*row[:5], "outside_it", row[6]) if row[0] == 1 else row for row in ROWS]
    found = shortcomings(write(offices, status="used"))
    assert [line.split(":")[0] for line in found] == [
        "scope 1, location",
        "scope 1, market",
        "rpt_instruments",
    ]
