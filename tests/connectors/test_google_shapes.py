"""Google's table in its three shapes and three formats: the same figures, and offsets never among them."""

import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors import load
from connectors.base import Document, ParseError

# The table's shape before 2022: one FLOAT for all scopes, offsets beside it.
OLD = [
    {
        "usage_month": "2021-06-01", "billing_account_id": "A", "project": {"id": f"p{n}", "number": "1"},
        "service": {"id": "s", "description": "Compute Engine"},
        "location": {"location": "europe-west1", "region": "europe-west1"},
        "carbon_footprint_kgCO2e": 12.5 * n, "carbon_offsets_kgCO2e": 12.5,
    }
    for n in (1, 2)
]  # fmt: skip
NEW = {
    "usage_month": "2023-01-01", "billing_account_id": "A", "project": None,
    "service": {"id": "s", "description": "GKE"}, "location": {"location": "eu", "region": None},
    "carbon_model_version": 9,
    "carbon_footprint_kgCO2e": {"scope1": 1.0, "scope2": {"location_based": 2.0, "market_based": 0.5}, "scope3": 3.0},
    "carbon_footprint_total_kgCO2e": {"location_based": 6.0, "market_based": 4.5, "after_offsets": 0.0},
    "carbon_offsets_kgCO2e": 4.5,
}  # fmt: skip


def dotted(entry):
    cells = {}
    for key, value in entry.items():
        inner = dotted(value) if isinstance(value, dict) else None
        cells |= (
            {f"{key}.{name}": deep for name, deep in inner.items()} if inner is not None else {key: value}
        )
    return cells


def as_json(entries):
    return "".join(json.dumps(entry) + "\n" for entry in entries).encode()


def as_array(entries):
    return json.dumps(entries).encode()


def as_csv(entries):
    flat = [dotted(entry) for entry in entries]
    lines = [",".join(flat[0]), *(",".join(str(value) for value in one.values()) for one in flat)]
    return ("\n".join(lines) + "\n").encode()


def as_parquet(entries):
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(entries), sink)
    return sink.getvalue()


def read(data, **options):
    parsed = list(load("google_carbon_footprint").parse(Document(data, "extract", "A", options=options)))
    return [row for p in parsed for row in p.rows.to_pylist()], [r for p in parsed for r in p.rejects]


@pytest.mark.parametrize("written", [as_json, as_array, as_csv, as_parquet])
def test_an_undivided_table_gives_its_one_figure_and_no_scope(written):
    rows, rejects = read(written(OLD))
    assert not rejects and [row["total_undivided_kg_co2e"] for row in rows] == [12.5, 25.0]
    assert {row["undivided_basis"] for row in rows} == {"location"}
    assert {row["carbon_offsets_kg_co2e"] for row in rows} == {12.5}
    assert {
        row[name] for row in rows for name in ("scope1_kg_co2e", "scope3_kg_co2e", "total_location_kg_co2e")
    } == {None}


def test_the_basis_of_an_undivided_figure_is_configured():
    assert {row["undivided_basis"] for row in read(as_json(OLD), accounting_basis="both")[0]} == {"both"}
    with pytest.raises(ParseError, match="accounting_basis.*'market'"):
        read(as_json(OLD), accounting_basis="market")


@pytest.mark.parametrize("written", [as_json, as_array, as_parquet])
def test_deprecated_offsets_are_read_beside_the_scopes(written):
    [row], rejects = read(written([NEW]))
    assert not rejects and row["undivided_basis"] is None and row["total_undivided_kg_co2e"] is None
    scopes = [row[f"scope{n}_kg_co2e"] for n in ("1", "2_location", "2_market", "3")]
    assert scopes == [1.0, 2.0, 0.5, 3.0] and row["project_id"] is None
    assert (row["after_offsets_kg_co2e"], row["carbon_offsets_kg_co2e"]) == (0.0, 4.5)


@pytest.mark.parametrize("value", [None, -1.0, 9e18])
def test_an_undivided_figure_that_cannot_be_is_a_reject(value):
    rows, rejects = read(as_json([OLD[0], OLD[1] | {"carbon_footprint_kgCO2e": value}]))
    assert len(rows) == 1 and [(r.document_row, r.field) for r in rejects] == [(2, "carbon_footprint_kgCO2e")]


def test_a_renamed_field_of_the_old_table_is_refused_by_name():
    with pytest.raises(ParseError, match="carbon_offset_kg"):
        read(as_json([OLD[0] | {"carbon_offset_kg": 1.0}]))
    with pytest.raises(ParseError, match="location.region"):
        read(as_csv(OLD).replace(b"location.region", b"location.zone"))
