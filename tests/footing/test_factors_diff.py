"""Two small published files whose factors differ: what moved is worked out by hand beside each number."""

import duckdb
import pytest

from footing import cli
from footing.factors_diff import differences

FACTOR = "(factor_id varchar, name varchar, publisher varchar, value double, unit varchar, source varchar, licence varchar, valid_from date, valid_to date)"
EMISSION = "(emission_id varchar, scope tinyint, accounting_basis varchar, amount double, factor_chain_id varchar, is_reported boolean)"


def published(path, factors, rows):
    """One file: factors as (id, value[, source]), rows as (id, scope, basis, quantity, chain of factor values)."""
    with duckdb.connect(str(path)) as con:
        con.execute(f"create table dim_factor {FACTOR}")
        con.execute(f"create table fct_emissions {EMISSION}")
        con.execute(
            "create table bridge_emission_factors (factor_chain_id varchar, step integer, factor_id varchar, value double)"
        )
        for factor_id, value, *source in factors:
            con.execute(
                "insert into dim_factor values (?, 'N', ?, ?, 'kg CO2e/x', ?, 'L', '2025-01-01', null)",
                [
                    factor_id,
                    "Footing" if factor_id.startswith("mean:") else "P",
                    value,
                    source[0] if source else "S",
                ],
            )
        for emission_id, scope, basis, amount, chain, *reported in rows:
            con.execute(
                "insert into fct_emissions values (?, ?, ?, ?, ?, ?)",
                [emission_id, scope, basis, amount, f"c-{emission_id}", not reported],
            )
            for step, (factor_id, value) in enumerate(chain, start=1):
                con.execute(
                    "insert into bridge_emission_factors values (?, ?, ?, ?)",
                    [f"c-{emission_id}", step, factor_id, value],
                )
    return path


@pytest.fixture
def files(tmp_path):
    earlier = published(
        tmp_path / "a.duckdb",
        [("grid", 0.02), ("same", 5), ("old", 1), ("mean:1", 3)],
        [("meter", 2, "location", 2, [("grid", 0.02)]), ("leak", 1, "both", 4, [("old", 1)])],
    )
    later = published(
        tmp_path / "b.duckdb",
        [("grid", 0.03), ("same", 5, "S, second edition"), ("new", 2), ("mean:1", 4)],
        [
            ("meter", 2, "location", 3, [("grid", 0.03)]),
            ("cloud", 3, "both", 0.72, [("same", 2), ("grid", 0.03)]),
            ("leak", 1, "both", 8, [("new", 2)]),
            ("lost", 2, "location", 99, [("grid", 0.03)], False),
        ],
    )
    return earlier, later


def test_each_change_is_listed_with_what_it_moves(files):
    rows = {(r["change"], r["factor_id"], r["scope"]): r for r in differences(*files)}
    moved = {
        key: (row["location_kg"], row["location_moved_kg"], row["market_moved_kg"])
        for key, row in rows.items()
    }
    assert moved == {
        # 100 × .03 = 3 kg, of which 1 by the factor: 100 × (.03 − .02); it stands in the location basis alone.
        ("changed", "grid", 2): pytest.approx((3, 1, 0)),
        # 0.72 × (1 − .02 ÷ .03) in both bases. What lost to another estimate counts nothing.
        ("changed", "grid", 3): pytest.approx((0.72, 0.24, 0.24)),
        # 4 kg at 2 instead of 1.
        ("chosen instead", "new", 1): pytest.approx((8, 4, 4)),
        ("added", "new", 1): pytest.approx((8, 0, 0)),
        ("removed", "old", 1): pytest.approx((4, 0, 0)),
        ("described anew", "same", 3): pytest.approx((0.72, 0, 0)),
    }
    assert rows["chosen instead", "new", 1]["earlier_factor_id"] == "old"
    assert (rows["changed", "grid", 2]["earlier_value"], rows["changed", "grid", 2]["later_value"]) == (
        0.02,
        0.03,
    )


def test_the_largest_movement_stands_first(files):
    assert [r["factor_id"] for r in differences(*files)][:2] == ["new", "grid"]


def test_the_command_prints_it_and_leaves_both_files_as_they_were(files, capsys):
    before = [path.read_bytes() for path in files]
    assert cli.main(["factors-diff", *map(str, files)]) == 0
    shown = capsys.readouterr().out
    assert "a.duckdb → b.duckdb" in shown and "was old" in shown and "+1.0" in shown
    assert [path.read_bytes() for path in files] == before


def test_the_same_factors_are_said_to_be_the_same(files, capsys):
    assert cli.main(["factors-diff", str(files[0]), str(files[0])]) == 0
    assert "are the same" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, b"no database", "empty"])
def test_what_is_no_published_file_ends_in_one_line(files, tmp_path, capsys, content):
    other = tmp_path / "other.duckdb"
    if content == "empty":
        duckdb.connect(str(other)).close()
    elif content:
        other.write_bytes(content)
    assert cli.main(["factors-diff", str(files[0]), str(other)]) == 2
    assert "other.duckdb" in capsys.readouterr().err
