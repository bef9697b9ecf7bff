"""Logs of fuel and refrigerant: their own words, dates and signs, and never a lost row."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors import load
from connectors.base import Document

FUEL = {
    "delimiter": ";", "decimal": ",", "date_order": "DMY", "period_to": "inclusive",
    "columns": {"equipment_id": "PCE", "use": "Usage", "fuel": "Énergie", "quantity": "Quantité", "unit": "Unité",
                "period_from": "Du", "period_to": "Au", "is_credit_note": "Avoir"},
    "uses": {"chauffage": "heating"}, "fuels": {"gaz": "natural_gas"}, "units": {"kWh PCS": "kWh"},
}  # fmt: skip
FLUID = {
    "date_order": "DMY",
    "columns": {"equipment_id": "unit", "site_id": "place", "refrigerant": "fluid", "event": "work",
                "quantity_kg": "kg", "date": "day"},
    "events": {"complément": "top_up", "pesée": "counted"}, "refrigerants": {"R410": "R-410A"},
}  # fmt: skip


def read(name, text, options, request="par1"):
    parsed = list(load(name).parse(Document(text.encode(), "log.csv", request, options=options)))
    return [row for part in parsed for row in part.rows.to_pylist()], [r for p in parsed for r in p.rejects]


def test_a_gas_bill_reads_in_our_words_and_its_last_day_is_covered():
    text = "PCE;Usage;Énergie;Quantité;Unité;Du;Au;Avoir\nG1;Chauffage;Gaz;1 200,5;kWh PCS;01/09/2026;30/09/2026;\n"
    rows, rejects = read("fuel_log", text, FUEL)
    assert rejects == []
    assert rows == [{
        "document_row": 1, "reference": None, "equipment_id": "G1", "site_id": "par1", "use": "heating",
        "fuel": "natural_gas", "quantity": 1200.5, "unit": "kWh", "period_from": dt.date(2026, 9, 1),
        "period_to": dt.date(2026, 10, 1), "is_credit_note": False,
    }]  # fmt: skip


def test_a_fill_of_one_day_covers_that_day():
    options = {
        "columns": {
            "equipment_id": "e",
            "use": "u",
            "fuel": "f",
            "quantity": "q",
            "unit": "n",
            "date": "d",
            "site_id": "s",
        }
    }
    rows, _ = read("fuel_log", "e,u,f,q,n,d,s\ngen1,generator,diesel,600,l,2026-09-14,dc\n", options)
    assert (rows[0]["period_from"], rows[0]["period_to"], rows[0]["unit"], rows[0]["site_id"]) == (
        dt.date(2026, 9, 14), dt.date(2026, 9, 15), "L", "dc",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "field", "remedy"),
    [
        ("G1;Chauffage;Gaz;10;therm;01/09/2026;30/09/2026;", "unit", "options.units"),
        ("G1;Cuisine;Gaz;10;kWh;01/09/2026;30/09/2026;", "use", "options.uses"),
        ("G1;Chauffage;Gaz naturel;10;kWh;01/09/2026;30/09/2026;", "fuel", "options.fuels"),
        ("G1;Chauffage;Gaz;-10;kWh;01/09/2026;30/09/2026;", "quantity", "credit note"),
        ("G1;Chauffage;Gaz;10;kWh;01/09/2026;30/09/2026;Oui", "quantity", "credit note"),
        ("G1;Chauffage;Gaz;10;kWh;30/09/2026;01/09/2026;", "period_to", "dates"),
        ("G1;Chauffage;Gaz;10;kWh;01/09/2026;;", "date", "period"),
        (";Chauffage;Gaz;10;kWh;01/09/2026;30/09/2026;", "equipment_id", "fill"),
    ],
)
def test_a_faulty_fuel_line_says_which_field_and_what_to_do(line, field, remedy):
    rows, rejects = read("fuel_log", f"PCE;Usage;Énergie;Quantité;Unité;Du;Au;Avoir\n{line}\n", FUEL)
    assert rows == [] and rejects[0].field == field and remedy in rejects[0].remedy


def test_refrigerant_work_reads_in_our_words():
    rows, rejects = read(
        "refrigerant_log",
        "unit,place,fluid,work,kg,day\nchiller,par1,R410,Complément,4,14/09/2026\nchiller,,R-22,pesée,0,15/09/2026\n",
        FLUID,
        "lon1",
    )
    assert rejects == []
    assert [(r["site_id"], r["refrigerant"], r["event"], r["quantity_kg"]) for r in rows] == [
        ("par1", "R-410A", "top_up", 4.0), ("lon1", "R-22", "counted", 0.0),
    ]  # fmt: skip
    assert rows[0]["event_date"] == dt.date(2026, 9, 14)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("chiller,par1,R410,vidange,4,14/09/2026", "event"),
        ("chiller,par1,R410,Complément,,14/09/2026", "quantity_kg"),
        ("chiller,par1,R410,Complément,4,2026-09-14", "date"),
        ("chiller,par1,,Complément,4,14/09/2026", "refrigerant"),
    ],
)
def test_a_faulty_refrigerant_line_says_which_field(line, field):
    rows, rejects = read("refrigerant_log", f"unit,place,fluid,work,kg,day\n{line}\n", FLUID)
    assert rows == [] and rejects[0].field == field and rejects[0].remedy


CELL = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters=',"'), max_size=10)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(CELL, min_size=5, max_size=7), min_size=1, max_size=6))
def test_rows_of_a_log_are_accepted_or_rejected(lines):
    kept = [",".join(line) for line in lines if ",".join(line).strip()]
    rows, rejects = read("refrigerant_log", "\n".join(["unit,place,fluid,work,kg,day", *kept, ""]), FLUID)
    assert len(rows) + len(rejects) == len(kept)
