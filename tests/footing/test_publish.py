"""Publication: the same rows are the same file, and readers never meet half of one."""

import json
import multiprocessing
import os
import time
from pathlib import Path

import duckdb
import pytest

from footing import publish
from footing.paths import Paths

TABLES = """
create table fct_emissions as select * from (values ('a', 0.1 + 0.2, now()::timestamp, 'd1'), ('b', 2.0, now()::timestamp, 'd2'))
    as t(emission_id, amount, retrieved_at, delivery_id);
create table fct_allocation as select 'a' as claim_id, 1.0 as share;
create view fct_emissions_allocated as select * from fct_emissions, fct_allocation;
create macro doubled(x) as table select amount * x as twice from fct_emissions;
create table rpt_data_quality as select now() as built_at;
comment on table fct_emissions is 'The ledger''s rows';
create schema intermediate; create table intermediate.int_secret as select 1 as x;
"""


@pytest.fixture
def paths(tmp_path):
    made = Paths(tmp_path / "config", tmp_path, str(tmp_path / "inbox"), str(tmp_path / "landing"))
    made.work.mkdir()
    return made


def build(paths, sql=TABLES):
    paths.build_file.unlink(missing_ok=True)
    with duckdb.connect(str(paths.build_file)) as con:
        con.execute(sql)


def test_the_same_rows_publish_nothing_new_whatever_their_order_and_load_time(paths):
    build(paths)
    first = publish.publish(paths, "2026-10")
    other = TABLES.replace("('a', 0.1 + 0.2, now()::timestamp, 'd1'), ('b', 2.0, now()::timestamp, 'd2')",
                           "('b', 2.0, timestamp '2020-01-01', 'x'), ('a', 0.3, timestamp '2020-01-01', 'y')")  # fmt: skip
    build(paths, other)
    second = publish.publish(paths, "2026-10")
    assert (second.path, second.is_new, second.revision) == (first.path, False, 1)
    assert len(list(paths.published.glob("footing-*"))) == 1 and os.readlink(paths.current) == first.path.name


def test_a_changed_row_is_the_next_revision_and_the_old_file_stays(paths):
    build(paths)
    first = publish.publish(paths, "2026-10")
    build(paths, TABLES.replace("2.0", "2.5"))
    second = publish.publish(paths, "2026-10")
    assert (second.revision, second.is_new) == (2, True) and second.hash8 != first.hash8
    assert first.path.exists() and paths.current.resolve() == second.path
    closes = sorted(Path(paths.landing, "_closes").iterdir())
    assert [json.loads(c.read_text())["revision"] for c in closes] == [1, 2]


def test_a_missing_file_is_restored_under_its_own_name(paths):
    build(paths)
    first = publish.publish(paths, "2026-10")
    first.path.unlink()
    paths.current.unlink()
    again = publish.publish(paths, "2026-10")
    assert (again.path, again.is_new) == (first.path, False) and first.path.exists()


def test_the_published_file_holds_what_is_promised_and_nothing_else(paths):
    build(paths)
    target = publish.publish(paths, "2026-10").path.rename(paths.data / "elsewhere.duckdb")
    with duckdb.connect(str(target), read_only=True) as con:
        assert con.execute("select count(*) from fct_emissions_allocated").fetchall() == [(2,)]
        assert con.execute("select fsum(twice) from doubled(2)").fetchall()[0][0] == pytest.approx(4.6)
        assert con.execute(
            "select comment from duckdb_tables() where table_name = 'fct_emissions'"
        ).fetchall() == [("The ledger's rows",)]
        assert con.execute(
            "select count(*) from duckdb_tables() where schema_name = 'intermediate'"
        ).fetchall() == [(0,)]
        assert con.execute("select revision from meta_publication").fetchall() == [(1,)]


def _read(pointer, stop, results):
    seen, errors = [], 0
    while not stop.is_set():
        try:
            with duckdb.connect(str(Path(pointer).resolve()), read_only=True) as con:
                low, high = con.execute("select min(amount), max(amount) from fct_emissions").fetchall()[0]
                seen.append((low, high))
        except Exception:
            errors += 1
    results.put((errors, sum(low != high for low, high in seen), len(seen)))


def test_a_reader_in_a_loop_never_sees_an_error_or_a_mixture(paths):
    same = "create table fct_emissions as select {0}::double as amount from range(2000);"
    build(paths, same.format(0))
    publish.publish(paths, "2026-10")
    context = multiprocessing.get_context("spawn")
    stop, results = context.Event(), context.Queue()
    readers = [context.Process(target=_read, args=(str(paths.current), stop, results)) for _ in range(2)]
    for reader in readers:
        reader.start()
    time.sleep(2)
    for revision in range(1, 21):
        build(paths, same.format(revision))
        assert publish.publish(paths, "2026-10").revision == revision + 1
    stop.set()
    outcomes = [results.get(timeout=30) for _ in readers]
    for reader in readers:
        reader.join(30)
    assert [errors for errors, _, _ in outcomes] == [0, 0]
    assert [mixed for _, mixed, _ in outcomes] == [0, 0]
    assert all(reads > 5 for _, _, reads in outcomes)
