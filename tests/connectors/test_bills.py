"""Bills of electricity and of heat: units, kinds, an operator's PUE."""

import pytest

from connectors import load
from connectors.base import Document

HEAT = {"invoice_number": "no", "meter_id": "station", "period_from": "from", "period_to": "to", "consumption": "used",
        "unit": "unit", "kind": "kind"}  # fmt: skip
POWER = {"invoice_number": "no", "meter_id": "mpan", "period_from": "from", "period_to": "to", "consumption_kwh": "kwh",
         "pue": "pue"}  # fmt: skip


def read(connector, header, lines, **options):
    document = Document("\n".join([header, *lines, ""]).encode(), "bill.csv", "office", options=options)
    (parsed,) = load(connector).parse(document)
    return parsed.rows.to_pylist(), parsed.rejects


WATER = {"invoice_number": "no", "meter_id": "meter", "period_from": "from", "period_to": "to", "water_m3": "m3",
         "discharge_m3": "sewer", "is_credit_note": "credit"}  # fmt: skip


def test_heat_becomes_kwh_whatever_its_unit():
    lines = [
        "1,s,2026-01-01,2026-02-01,2.5,MWh,heat",
        "2,s,2026-01-01,2026-02-01,9,GJ,vapeur",
        "3,s,2026-01-01,2026-02-01,40,,cooling",
    ]
    rows, rejects = read(
        "heat_bill", "no,station,from,to,used,unit,kind", lines, columns=HEAT, kinds={"vapeur": "steam"}
    )
    assert [(row["kind"], row["consumption_kwh"]) for row in rows] == [
        ("heat", 2500), ("steam", pytest.approx(2500)), ("cooling", 40)
    ]  # fmt: skip
    assert rejects == ()


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("1,s,2026-01-01,2026-02-01,2.5,BTU,heat", "unit"),
        ("1,s,2026-01-01,2026-02-01,2.5,kWh,gas", "kind"),
        ("1,s,2026-01-01,2026-01-01,2.5,kWh,heat", "period_to"),
        ("1,s,2026-01-01,2026-02-01,,kWh,heat", "consumption"),
        ("1,s,2026-01-01,2026-02-01,-2,kWh,heat", "consumption"),
    ],
)
def test_a_faulty_line_of_heat_is_rejected_with_its_field(line, field):
    rows, (reject,) = read("heat_bill", "no,station,from,to,used,unit,kind", [line], columns=HEAT)
    assert (rows, reject.field, reject.document_row) == ([], field, 1)
    assert reject.remedy


def test_a_colocation_bill_carries_the_operators_pue():
    lines = [
        "1,m,2026-01-01,2026-02-01,900,1.42",
        "2,m,2026-02-01,2026-03-01,900,",
        "3,m,2026-03-01,2026-04-01,900,142",
    ]
    rows, (reject,) = read("electricity_bill", "no,mpan,from,to,kwh,pue", lines, columns=POWER)
    assert [row["pue"] for row in rows] == [1.42, None]
    assert (reject.field, reject.document_row) == ("pue", 3)


def test_a_water_bill_tells_what_went_to_the_sewer():
    lines = [
        "1,m,2026-01-01,2026-02-01,40,28.5,",
        "2,m,2026-02-01,2026-03-01,40,,",
        "3,m,2026-03-01,2026-04-01,40,-2,",
        "4,m,2026-03-01,2026-04-01,-40,-2,yes",
        "5,m,2026-03-01,2026-04-01,40,2e9,",
    ]
    rows, rejects = read("water_bill", "no,meter,from,to,m3,sewer,credit", lines, columns=WATER)
    assert [row["discharge_m3"] for row in rows] == [28.5, None, -2]
    assert [(reject.field, reject.document_row) for reject in rejects] == [
        ("discharge_m3", 3),
        ("discharge_m3", 5),
    ]
    assert all(reject.remedy for reject in rejects)


def test_a_water_bill_without_a_column_of_the_sewer_is_read():
    columns = {name: header for name, header in WATER.items() if header not in ("sewer", "credit")}
    rows, rejects = read(
        "water_bill", "no,meter,from,to,m3", ["1,m,2026-01-01,2026-02-01,40"], columns=columns
    )
    assert ([row["discharge_m3"] for row in rows], rejects) == ([None], ())
