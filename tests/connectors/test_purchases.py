"""Invoices, vendors' statements and volumes against every fault: a clear error or a counted reject, never a lost row."""

import csv
import datetime as dt
import gzip
import io
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors import load
from connectors._purchases import CATEGORIES
from connectors.base import Document, ParseError
from footing.config_purchases import Category
from tests.connectors.purchase_documents import HEADERS, NAMES, OPTIONS, document

SEED = Path(__file__).parents[2] / "dbt_project/seeds/purchase_categories.csv"


def outcome(name, given):
    parsed = list(load(name).parse(given))
    return [row for p in parsed for row in p.rows.to_pylist()], [r for p in parsed for r in p.rejects]


def changed(name, change):
    good = document(name)
    return replace(good, data=change(good.data))


@pytest.mark.parametrize("name", NAMES)
def test_a_good_document_is_taken_whole_also_gzipped(name):
    for one in (document(name), changed(name, gzip.compress)):
        rows, rejects = outcome(name, one)
        assert [row["document_row"] for row in rows] == [1, 2, 3] and not rejects


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data[:-14], "cut off"), (lambda data: gzip.compress(data)[:-9], "gzip"),
        (lambda data: b"", "empty"), (lambda data: data.replace("É".encode(), b"\xe9\xff").replace(b"P-1", b"\xff"), "not utf-8"),
        (lambda data: b"a,b\n1,2\n", "column"),
    ],
)  # fmt: skip
def test_a_document_that_cannot_be_trusted_is_refused(name, change, said):
    with pytest.raises(ParseError, match=said):
        outcome(name, changed(name, change))


@pytest.mark.parametrize("name", NAMES)
def test_a_mapping_without_a_required_name_is_refused_by_name(name):
    lacking = {**OPTIONS[name], "columns": dict(list(OPTIONS[name]["columns"].items())[1:])}
    with pytest.raises(ParseError, match=f"does not map {next(iter(OPTIONS[name]['columns']))}"):
        outcome(name, replace(document(name), options=lacking))


@pytest.mark.parametrize("name", NAMES)
def test_duplicated_rows_are_counted_rejects(name):
    rows, rejects = outcome(name, changed(name, lambda data: data + data.splitlines()[1] + b"\n"))
    assert len(rows) == 3 and [r.document_row for r in rejects] == [4]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", ["9e18", "much", "NaN", ""])
def test_absurd_values_are_rejects_with_row_field_and_remedy(name, value):
    rows, rejects = outcome(name, document(name, ("1", value, "3")))
    assert len(rows) == 2 and [r.document_row for r in rejects] == [2]
    assert all(r.field and r.reason and r.remedy and r.text for r in rejects)


@pytest.mark.parametrize("name", ["vendor_statement", "volumes"])
def test_emissions_and_volumes_are_never_negative(name):
    assert [r.document_row for r in outcome(name, document(name, ("1", "-2")))[1]] == [2]


def test_an_invoice_is_read_net_in_its_own_way_of_writing():
    row = outcome("invoices", document("invoices"))[0][0]
    assert (row["amount_ex_vat"], row["vat"], row["currency"]) == (1250.5, 20.0, "EUR")
    assert (row["invoice_date"], row["category"]) == (dt.date(2026, 9, 3), "software")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (b"Licences", b"Banquet", "category"), (b";eur;", b";Euros;", "currency"), (b"03/09/2026", b"31/09/2026", "invoice_date"),
        (b"03/09/2026", b"", "invoice_date"), (b"F-1;1", b";1", "invoice_number"), (b";eur;", b";eur;Avoir", "amount_ex_vat"),
    ],
)  # fmt: skip
def test_a_faulty_invoice_line_is_a_reject_by_field(old, new, field):
    rows, rejects = outcome("invoices", changed("invoices", lambda data: data.replace(old, new, 1)))
    assert len(rows) == 2 and [(r.document_row, r.field) for r in rejects] == [(1, field)]


def test_a_credit_note_is_a_negative_line():
    rows, rejects = outcome("invoices", document("invoices", ("100", "-40,5")))
    assert not rejects and rows[1]["amount_ex_vat"] == -40.5


def test_a_line_without_number_is_known_by_its_row():
    rows, _ = outcome("invoices", changed("invoices", lambda data: data.replace(b"F-2;1", b"F-2;")))
    assert [row["invoice_line"] for row in rows] == ["1", "row 2", "1"]


def test_a_statement_of_a_year_names_scope_and_the_day_after_its_end():
    row = outcome("vendor_statement", document("vendor_statement"))[0][0]
    assert (row["period_from"], row["period_to"]) == (dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    assert (row["scope"], row["basis"], row["emissions_kg_co2e"]) == ("3", "location", 1250.5)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (b"Scope 3", b"Scope 4", "scope"),
        (b"12/31/2026", b"12/31/2025", "period_to"),
        (b"12/31/2026", b"", "period_to"),
    ],
)
def test_a_faulty_statement_row_is_a_reject_by_field(old, new, field):
    rejects = outcome("vendor_statement", changed("vendor_statement", lambda d: d.replace(old, new, 1)))[1]
    assert [(r.document_row, r.field) for r in rejects] == [(1, field)]


@pytest.mark.parametrize(("written", "month"), [("2026-09", 9), ("17/08/2026", 8)])
def test_a_month_may_be_written_as_month_or_as_a_day_of_it(written, month):
    data = changed("volumes", lambda data: data.replace(b"01/09/2026", written.encode(), 1))
    row = outcome("volumes", data)[0][0]
    assert (row["month"], row["metric"], row["unit"]) == (dt.date(2026, month, 1), "requests", "request")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (b"Appels", b"Likes", "metric"),
        (b"01/09/2026", b"", "month"),
        (b"Appels;1", b"accuracy;9", "quantity"),
    ],
)
def test_a_faulty_volume_is_a_reject_by_field(old, new, field):
    rejects = outcome("volumes", changed("volumes", lambda data: data.replace(old, new, 1)))[1]
    assert [(r.document_row, r.field) for r in rejects] == [(1, field)]


def test_connector_configuration_and_factors_know_the_same_categories():
    with SEED.open(encoding="utf-8") as stream:
        seed = [row["category"] for row in csv.DictReader(stream)]
    assert list(CATEGORIES) == list(get_args(Category)) == seed


CELL = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters=';"'), max_size=10)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(NAMES), st.lists(st.lists(CELL, min_size=3, max_size=9), min_size=1, max_size=6))
def test_rows_in_are_accepted_plus_rejected(name, cells):
    kept = [";".join(row) for row in cells if ";".join(row).strip()]
    text = io.StringIO()
    text.write("\n".join([HEADERS[name], *kept]) + "\n")
    rows, rejects = outcome(name, Document(text.getvalue().encode(), "x.csv", "r", options=OPTIONS[name]))
    assert len(rows) + len(rejects) == len(kept) and all(r.remedy for r in rejects)
