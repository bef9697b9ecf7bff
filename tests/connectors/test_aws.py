"""AWS's documents: figures, account ids, units and partitions as AWS states them, in every format."""

import csv
import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectors import aws_carbon_export, load
from connectors._http import SourceError
from connectors.base import Document, ParseError

SAMPLES = Path(__file__).parent / "samples"
EXPORT = SAMPLES / "aws_carbon_export_v3.0.1_2026-09.csv"
PARTITION = {"model_version": "v3.0.1", "usage_period": "2026-09"}


def read(name, data, options=None, file="file"):
    parsed = list(load(name).parse(Document(data, file, "r", options=options or {})))
    return [row for p in parsed for row in p.rows.to_pylist()], [r for p in parsed for r in p.rejects]


def cells():
    with EXPORT.open(newline="") as lines:
        return list(csv.DictReader(lines))


def as_csv(entries):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(entries[0]))
    writer.writeheader()
    writer.writerows(entries)
    return out.getvalue().encode()


def as_parquet(entries, **columns):
    table = pa.Table.from_pylist(entries)
    for name in table.column_names:
        if name.endswith("_value"):
            values = pa.array([float(v) for v in table[name].to_pylist()])
            table = table.set_column(table.column_names.index(name), name, values)
        if name.startswith("usage_period"):
            moments = [dt.datetime.fromisoformat(v) for v in table[name].to_pylist()]
            kind = pa.timestamp("ms", "UTC")
            table = table.set_column(table.column_names.index(name), name, pa.array(moments, kind))
    for name, values in columns.items():
        table = table.append_column(name, pa.array(values))
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def test_the_sample_keeps_every_figure_zero_and_leading_zero():
    rows, rejects = read("aws_carbon_export", EXPORT, PARTITION)
    assert len(rows) == 4 and not rejects
    assert rows[0] == {
        "document_row": 1, "period_month": dt.date(2026, 9, 1), "account_id": "000011112222",
        "payer_account_id": "000011112222", "region_code": "eu-west-3", "location": "Europe (Paris)",
        "product_code": "Other", "model_version": "v3.0.1", "scope1_t_co2e": 0.01, "scope2_location_t_co2e": 0.3,
        "scope2_market_t_co2e": 0.02, "scope3_location_t_co2e": 0.19, "scope3_market_t_co2e": 0.15,
        "total_location_t_co2e": 0.5, "total_market_t_co2e": 0.18,
    }  # fmt: skip
    assert (rows[2]["region_code"], rows[2]["total_location_t_co2e"], rows[2]["total_market_t_co2e"]) == (
        None,
        0,
        0,
    )


def test_parquet_and_csv_and_api_state_the_same():
    from_csv, _ = read("aws_carbon_export", EXPORT, PARTITION)
    from_parquet, _ = read("aws_carbon_export", as_parquet(cells()), PARTITION)
    from_api, _ = read(
        "aws_sustainability", SAMPLES / "aws_sustainability_2026-09.json", {"usage_period": "2026-09"}
    )
    assert from_parquet == from_csv
    only_export = {"payer_account_id": None, "location": None}
    assert from_api == [row | only_export for row in from_csv]


@pytest.mark.parametrize("write", [as_csv, as_parquet])
def test_an_export_without_scope_columns_is_read_by_name(write):
    kept = [{k: v for k, v in row.items() if "scope" not in k and k not in ("model_version", "usage_period_start")}
            for row in reversed(cells())]  # fmt: skip
    rows, rejects = read("aws_carbon_export", write(kept), PARTITION)
    assert not rejects and rows[-1]["total_location_t_co2e"] == 0.5 and rows[-1]["scope1_t_co2e"] is None
    assert {(row["model_version"], str(row["period_month"])) for row in rows} == {("v3.0.1", "2026-09-01")}


def test_unknown_columns_stop_but_a_partition_column_does_not():
    rows, _ = read("aws_carbon_export", as_parquet(cells(), usage_period=["2026-09"] * 4), PARTITION)
    assert len(rows) == 4
    with pytest.raises(ParseError, match="total_scope_4"):
        read("aws_carbon_export", as_parquet(cells(), total_scope_4=[1.0] * 4), PARTITION)
    with pytest.raises(ParseError, match="'region_code' is missing"):
        read(
            "aws_carbon_export",
            as_parquet([{k: v for k, v in r.items() if k != "region_code"} for r in cells()]),
        )


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("total_lbm_emissions_unit", "kgCO2e", "total_lbm_emissions_value"),
        ("total_scope_1_emissions_unit", "", "total_scope_1_emissions_value"),
        ("usage_account_id", "11112222", "usage_account_id"),
        ("model_version", "v2.0.0", "model_version"),
        ("usage_period_start", "2026-08-01T00:00:00Z", "usage_period_start"),
    ],
)
@pytest.mark.parametrize("write", [as_csv, as_parquet])
def test_a_row_that_contradicts_is_rejected_alone(write, field, value, named):
    entries = cells()
    entries[1] = entries[1] | {field: value}
    rows, rejects = read("aws_carbon_export", write(entries), PARTITION)
    assert len(rows) == 3 and [(r.document_row, r.field) for r in rejects] == [(2, named)]
    assert rejects[0].remedy


def test_a_row_without_any_figure_is_rejected():
    entries = cells()
    entries[0] = {k: "" if k.endswith("_value") else v for k, v in entries[0].items()}
    rows, rejects = read("aws_carbon_export", as_csv(entries), PARTITION)
    assert len(rows) == 3 and "no column holds a figure" in rejects[0].reason


def test_a_repeated_and_a_truncated_parquet():
    _, rejects = read("aws_carbon_export", as_parquet([*cells(), cells()[0]]), PARTITION)
    assert [(r.document_row, r.reason) for r in rejects] == [(5, "duplicate of row 1")]
    with pytest.raises(ParseError, match="truncated Parquet"):
        read("aws_carbon_export", as_parquet(cells())[:-20], PARTITION)


def test_an_api_result_of_another_month_or_unit_is_rejected():
    text = (SAMPLES / "aws_sustainability_2026-09.json").read_text()
    assert len(read("aws_sustainability", text.encode(), {"usage_period": "2026-08"})[1]) == 4
    quarter = text.replace("2026-10-01T", "2026-12-01T", 1)
    kilograms = text.replace("MTCO2e", "KGCO2e", 1)
    for data, field in ((quarter, "TimePeriod"), (kilograms, "TOTAL_LBM_CARBON_EMISSIONS")):
        rows, rejects = read("aws_sustainability", data.encode())
        assert len(rows) == 3 and rejects[0].field == field


def test_the_console_sample_is_read_and_its_unit_must_be_said():
    path = SAMPLES / "aws_console_csv_anonymised_2025.csv"
    rows, rejects = read("aws_console_csv", path, {"unit": "kg"})
    with path.open(newline="") as lines:
        raw = [float(row["cfe_savings_value"]) for row in csv.DictReader(lines)]
    assert [row["cfe_savings"] for row in rows] == raw and not rejects and {r["unit"] for r in rows} == {"kg"}
    for options in ({}, {"unit": "lb"}):
        with pytest.raises(ParseError, match=r"options\.unit"):
            read("aws_console_csv", path, options)


@pytest.mark.parametrize(
    "url",
    [
        "s3://carbon/p/e/data/a=1/f.parquet",
        "https://carbon.s3.eu-west-3.amazonaws.com/p/e/data/a%3D1/f.parquet",
        "https://s3.amazonaws.com/carbon/p/e/data/a=1/f.parquet",
        "p/e/data/a=1/f.parquet",
    ],
)
def test_every_way_to_name_a_data_file(url):
    assert aws_carbon_export._key_of(url, "carbon") == "p/e/data/a=1/f.parquet"


def test_a_file_of_another_bucket_is_refused():
    with pytest.raises(SourceError, match="not in the bucket carbon"):
        aws_carbon_export._key_of("s3://other/p/f.parquet", "carbon")


def test_a_dropped_export_needs_no_partition():
    rows, _ = read("aws_carbon_export", EXPORT)
    assert len(rows) == 4
    document = Document(EXPORT, "export.csv", "r")
    assert (
        next(iter(load("aws_carbon_export").parse(replace(document, data=EXPORT.read_bytes())))).rows.num_rows
        == 4
    )
