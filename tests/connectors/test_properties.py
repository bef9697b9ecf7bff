"""Whatever a row holds, it is accepted or rejected, never lost; numbers survive their way of writing."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors import load
from connectors._batches import RowError, number
from connectors.base import Document, ParseError

CELL = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters=';"'), max_size=12)
OPTIONS = {
    "delimiter": ";", "decimal": ",", "date_order": "DMY",
    "columns": {"invoice_number": "a", "meter_id": "b", "period_from": "c", "period_to": "d", "consumption_kwh": "e"},
}  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELL, min_size=4, max_size=6), min_size=1, max_size=8))
def test_rows_in_are_accepted_plus_rejected(rows):
    kept = [";".join(row) for row in rows if ";".join(row).strip()]
    text = "a;b;c;d;e\n" + "".join(f"{row}\n" for row in kept)
    document = Document(text.encode(), "bill.csv", "r", options=OPTIONS)
    parsed = list(load("electricity_bill").parse(document))
    taken = sum(part.rows.num_rows for part in parsed)
    rejects = [reject for part in parsed for reject in part.rejects]
    assert taken + len(rejects) == len(kept)
    assert all(reject.remedy for reject in rejects)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(CELL.filter(lambda cell: "," not in cell), min_size=12, max_size=14), min_size=1, max_size=6
    )
)
def test_rows_of_ovhcloud_are_accepted_or_rejected(rows):
    header = (Path(__file__).parent / "samples/ovhcloud_carbon_synthetic.csv").read_text().splitlines()[0]
    kept = [",".join(row) for row in rows]
    parsed = list(
        load("ovhcloud_carbon").parse(Document("\n".join([header, *kept, ""]).encode(), "carbon.csv", "r"))
    )
    assert sum(part.rows.num_rows + len(part.rejects) for part in parsed) == len(kept)


FIGURE = st.one_of(st.none(), st.floats(), st.integers(-5, 5), st.text(max_size=3))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.text(max_size=2), FIGURE, FIGURE), max_size=8))
def test_leaves_of_scaleway_are_accepted_or_rejected(leaves):
    total = {"kg_co2_equivalent": 1.0, "m3_water_usage": 0}
    skus = [
        {
            "sku": sku, "service_category": "ai", "product_category": "x",
            "total_sku_impact": {"kg_co2_equivalent": kg, "m3_water_usage": water},
        }
        for _, sku, kg, water in leaves
    ]  # fmt: skip
    zonal = [sku for sku, (in_zone, *_) in zip(skus, leaves, strict=True) if in_zone]
    regional = [sku for sku, (in_zone, *_) in zip(skus, leaves, strict=True) if not in_zone]
    zone = {"zone": "fr-par-1", "skus": zonal, "total_zone_impact": total}
    region = {"region": "fr-par", "skus": regional, "zones": [zone], "total_region_impact": total}
    project = {"project_id": "p", "regions": [region], "total_project_impact": total}
    answer = {
        "start_date": "2026-09-01",
        "end_date": "2026-10-01",
        "projects": [project],
        "total_impact": total,
    }
    parsed = list(load("scaleway_footprint").parse(Document(json.dumps(answer).encode(), "impact.json", "r")))
    assert sum(part.rows.num_rows + len(part.rejects) for part in parsed) == len(leaves)


@given(st.floats(min_value=0, max_value=1e8, allow_nan=False))
def test_a_decimal_comma_gives_the_number_back(value):
    written = f"{value:.3f}".replace(".", ",")
    assert number("kWh", written, decimal=",") == pytest.approx(round(value, 3), abs=1e-9)


@given(st.text(max_size=10))
def test_what_is_no_number_is_said_so(text):
    try:
        value = number("field", text)
    except RowError as error:
        assert error.field == "field" and error.remedy
    else:
        assert value is None or isinstance(value, float)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_bytes_never_escape_as_another_error(data):
    for name, options in (
        ("slurm_sacct", {"timezone": "UTC"}),
        ("prometheus", {"step_seconds": 60}),
        ("google_carbon_footprint", {}),
        ("aws_carbon_export", {}),
        ("azure_carbon", {}),
        ("microsoft_emissions", {}),
        ("aws_sustainability", {}),
        ("aws_console_csv", {"unit": "t"}),
        ("ovhcloud_carbon", {}),
        ("scaleway_footprint", {}),
    ):
        try:
            list(load(name).parse(Document(data, "x", "r", options=options)))
        except ParseError as error:
            assert str(error).startswith("x")
