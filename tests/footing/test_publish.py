"""Publication: the same rows once, whole files, a pointer that readers can follow at any moment."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from footing import publish
from footing.audit import file_hash
from footing.locks import Busy, close_lock
from footing.paths import ROOT, Paths
from footing.published_file import Publication, canonical_hash
from tests.footing.support import build_file

ROWS = [("a", 1.0), ("b", 2.5), ("c", 1 / 3)]


def built(paths: Paths, rows: list[tuple[str, float]], *statements: str, period: str = "2026-10") -> None:
    """Leave a build that its audit passed."""
    build_file(paths.build_file, rows, *statements)
    vouched = {"period": period, "sha256": file_hash(paths.build_file)}
    paths.audited.write_text(json.dumps(vouched))


def published(
    paths: Paths, rows: list[tuple[str, float]], *statements: str, period: str = "2026-10"
) -> Publication:
    built(paths, rows, *statements, period=period)
    return publish.publish(paths, period)


def hashed(tmp_path: Path, rows: list[tuple[str, float]], *statements: str) -> str:
    return canonical_hash(build_file(tmp_path / "build.duckdb", rows, *statements))


def test_the_hash_is_of_rows_whatever_their_order_time_and_last_digits(tmp_path: Path) -> None:
    plain = hashed(tmp_path, ROWS)
    assert hashed(tmp_path, ROWS[::-1]) == plain
    assert hashed(tmp_path, [*ROWS[:2], ("c", 1 / 3 + 1e-16)]) == plain
    assert hashed(tmp_path, ROWS, "update fct_emissions set retrieved_at = '2020-01-01'") == plain
    assert (
        hashed(tmp_path, ROWS, "create table rpt_x as select 1 as n", "create table int_y as select 2 as n")
        == plain
    )


@pytest.mark.parametrize(
    "statement",
    [
        "update fct_emissions set amount = amount + 1e-9 where emission_id = 'a'",
        "insert into fct_emissions select * from fct_emissions where emission_id = 'a'",
        "update dim_site set pue = 0",
        "alter table dim_site rename column pue to wue",
        "create table bridge_x as select 1 as n",
        "update fct_emissions set emission_id = null where emission_id = 'a'",
    ],
)
def test_the_hash_changes_with_every_row_and_name(tmp_path: Path, statement: str) -> None:
    assert hashed(tmp_path, ROWS, statement) != hashed(tmp_path, ROWS)


def test_equal_rows_publish_nothing_new_and_changed_ones_the_next_revision(paths: Paths) -> None:
    first = published(paths, ROWS)
    assert (first.revision, first.is_new) == (1, True)
    assert first.path.name == f"footing-2026-10-r1-{first.hash8}.duckdb"
    before = (first.path.stat().st_mtime_ns, first.path.stat().st_ino)
    again = published(paths, ROWS[::-1])
    assert (again.path, again.is_new) == (first.path, False)
    assert (first.path.stat().st_mtime_ns, first.path.stat().st_ino) == before
    second = published(paths, [*ROWS, ("d", 4.0)])
    assert (second.revision, second.is_new, second.hash8 != first.hash8) == (2, True, True)
    back = published(paths, ROWS)
    assert (back.revision, back.hash8) == (3, first.hash8)
    closes = sorted(path.name for path in (Path(paths.landing) / "_closes").iterdir())
    assert closes == [f"2026-10-r{p.revision}-{p.hash8}.json" for p in (first, second, back)]
    assert paths.current.readlink() == Path(back.path.name)


def test_a_missing_file_is_restored_under_its_name(paths: Paths) -> None:
    first = published(paths, ROWS)
    first.path.unlink()
    paths.current.unlink()
    again = published(paths, ROWS)
    assert (again.path, again.is_new) == (first.path, False)
    assert paths.current.resolve() == first.path
    with duckdb.connect(str(first.path), read_only=True) as con:
        assert con.execute("select period_month, revision, hash8 from meta_publication").fetchall() == [
            (dt.date(2026, 10, 1), 1, first.hash8)
        ]


def test_closing_an_older_month_again_leaves_the_pointer_on_the_newest(paths: Paths) -> None:
    newest = published(paths, ROWS)
    older = published(paths, ROWS[:2], period="2026-09")
    assert (older.revision, older.is_new) == (1, True)
    assert older.path.exists()
    assert paths.current.resolve() == newest.path
    after = published(paths, ROWS, period="2026-11")
    assert paths.current.resolve() == after.path


def test_only_the_file_that_was_audited_is_published(paths: Paths) -> None:
    built(paths, ROWS, period="2026-09")
    with pytest.raises(publish.NotAudited, match="2026-10"):
        publish.publish(paths, "2026-10")
    built(paths, ROWS)
    with duckdb.connect(str(paths.build_file)) as con:
        con.execute("update fct_emissions set amount = 0")
    with pytest.raises(publish.NotAudited):
        publish.publish(paths, "2026-10")
    paths.audited.unlink()
    with pytest.raises(publish.NotAudited):
        publish.publish(paths, "2026-10")
    assert not paths.published.exists()


def test_two_closes_never_run_at_once(paths: Paths) -> None:
    built(paths, ROWS)
    with close_lock(paths.work), pytest.raises(Busy, match="another close"):
        publish.publish(paths, "2026-10")
    assert publish.publish(paths, "2026-10").is_new


def test_the_file_stands_alone_with_views_macros_and_comments(paths: Paths, tmp_path: Path) -> None:
    target = published(
        paths, ROWS, "create schema staging", "create table staging.secret as select 1 as n"
    ).path
    moved = target.rename(tmp_path / "elsewhere.duckdb")
    paths.build_file.unlink()
    with duckdb.connect(str(moved), read_only=True) as con:
        assert con.execute("select count(*) from fct_emissions_allocated").fetchall() == [(3,)]
        assert con.execute("select round(s, 9) from sums(emission_id <> 'c')").fetchall() == [(3.5,)]
        tables = "select comment from duckdb_tables() where table_name = 'fct_emissions'"
        assert con.execute(tables).fetchall() == [("An emission's row",)]
        columns = "select column_name, comment from duckdb_columns() where comment is not null"
        assert con.execute(columns).fetchall() == [("amount", "kg CO2e")]
        schemas = con.execute("select distinct schema_name from duckdb_tables()").fetchall()
        assert schemas == [("main",)]


def test_a_view_that_needs_another_file_is_never_published(paths: Paths, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("n\n1\n")
    built(paths, ROWS, f"create view leaning as select * from read_csv('{other}')")
    with pytest.raises(duckdb.Error, match="disabled"):
        publish.publish(paths, "2026-10")
    assert not list(paths.published.glob("*"))


READER = """
import json, sys, time
from pathlib import Path
import duckdb
current, stop = Path(sys.argv[1]), Path(sys.argv[2])
seen = []
while not stop.exists():
    path = current.resolve()
    with duckdb.connect(str(path), read_only=True) as con:
        [(revision,)] = con.execute("select revision from meta_publication").fetchall()
        rows = con.execute("select count(*), min(amount), max(amount) from fct_emissions_allocated").fetchall()[0]
    seen.append([path.name, revision, *rows])
print(json.dumps(seen))
"""


def test_a_reader_in_a_loop_never_meets_an_error_or_a_mixture(paths: Paths, tmp_path: Path) -> None:
    stop = tmp_path / "stop"
    published(paths, [("x", 1.0)] * 100)
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(paths.current), str(stop)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        )
        for _ in range(2)
    ]  # fmt: skip
    try:
        time.sleep(1)
        for revision in range(2, 21):
            assert published(paths, [("x", float(revision))] * 100).revision == revision
    finally:
        stop.touch()
    for reader in readers:
        out, err = reader.communicate(timeout=60)
        assert reader.returncode == 0, err
        seen = json.loads(out)
        assert len({name for name, *_ in seen}) > 5
        assert [row[1] for row in seen] == sorted(row[1] for row in seen)
        for name, revision, count, low, high in seen:
            assert f"-r{revision}-" in name
            assert (count, low, high) == (100, revision, revision)
